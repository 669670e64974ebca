// The words of the generated sentences, by their part in a clause.

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

export const DETERMINERS = words('the a one every this that another our their no');

export const ADJECTIVES = words(`
  small old quiet bright northern broken expensive honest early distant careful electric yellow
  unusual frozen public serious ordinary remote hungry digital narrow popular gentle medical
  curious temporary ancient reliable noisy sudden transparent
`);

export const NOUNS = words(`
  engineer river committee bicycle telescope farmer contract hospital algorithm orchestra harbour
  senator kitchen glacier theorem newspaper violin satellite baker forest passport machine teacher
  bridge market captain library vaccine painting train lawyer village experiment garden insurance
  processor keyboard recipe witness mountain election turbine poem airport detective
`);

export const VERBS = words(`
  repaired described ignored measured followed sold rejected painted found financed observed closed
  translated delayed defended examined borrowed replaced inspected forgot imagined surrounded
  published remembered taxed protected questioned
`);

export const PREPOSITIONS = words(
  'near behind without during beyond above against through beside after',
);

export const CONJUNCTIONS = words('and but while because although until so');

export const OPENERS = [
  'Yesterday',
  'In the end',
  'According to the report',
  'As far as anybody knows',
  'Before 1987',
  'For about $2,400',
  'At 7:45 in the morning',
  'By a margin of 3.5 %',
];

export const QUESTIONS = ['Why has', 'How often has', 'Is it true that', 'Who said that'];
