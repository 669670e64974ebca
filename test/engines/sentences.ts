/** Ten sentences of 3 to 60 tokens: what the default tests ask the engines. */
export const SENTENCES: readonly string[] = [
  'hello world',
  'The cat sat on the mat.',
  'A chain that attests AI compute.',
  'Is the result of this inference correct?',
  'Two providers ran one model on one input, and their outputs differ.',
  'It rained in Lisbon on 14 March, so the match was moved to Sunday at 18:30.',
  'She bought 3 apples, 2 pears and a loaf of bread for $11.75!',
  'Floating-point addition is not associative: (a + b) + c need not equal a + (b + c).',
  'NEVER give up, she said; the harbour lights were already fading behind the old ferry.',
  'When the committee met again in the autumn, the engineers explained that the bridge had been ' +
    'inspected twice, that both reports agreed on every measurement, and that the small cracks ' +
    'near the northern pier were older than anybody had assumed.',
];
