import { readVocabulary } from '../../demo/model/weights.ts';
import { MAX_TOKENS, tokenize } from '../../demo/model/index.ts';
import { drawsFrom, pick, type Draw } from './random.ts';
import {
  ADJECTIVES,
  CONJUNCTIONS,
  DETERMINERS,
  NOUNS,
  OPENERS,
  PREPOSITIONS,
  QUESTIONS,
  VERBS,
} from './words.ts';

const SEED = 0x5eed_0001;
const MAX_CLAUSES = 6;
const MAX_PIECES = 40;
/** One sentence in so many is a row of the model's own words, which no grammar would bring up. */
const PIECES_EVERY = 4;
/** In the vocabulary of SentencePiece this sign stands for the space before a word. */
const WORD = /^▁([a-z]{2,})$/;

const nounPhrase = (draw: Draw): string => {
  const adjective = draw(2) === 0 ? '' : `${pick(draw, ADJECTIVES)} `;
  return `${pick(draw, DETERMINERS)} ${adjective}${pick(draw, NOUNS)}`;
};

const clause = (draw: Draw): string => {
  const place = draw(3) === 0 ? ` ${pick(draw, PREPOSITIONS)} ${nounPhrase(draw)}` : '';
  return `${nounPhrase(draw)} ${pick(draw, VERBS)} ${nounPhrase(draw)}${place}`;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const grammatical = (draw: Draw): string => {
  let text = clause(draw);
  for (let more = draw(MAX_CLAUSES); more > 0; more--) {
    text += `, ${pick(draw, CONJUNCTIONS)} ${clause(draw)}`;
  }
  const form = draw(5);
  if (form === 0) return `${pick(draw, QUESTIONS)} ${text}?`;
  if (form === 1) return `${pick(draw, OPENERS)}, ${text}.`;
  return `${capitalised(text)}.`;
};

const ofPieces = (draw: Draw, pieces: readonly string[]): string =>
  Array.from({ length: 1 + draw(MAX_PIECES) }, () => pick(draw, pieces)).join(' ');

/**
 * Different sentences of 1 to 128 tokens, the same ones at every call: three in four from a grammar
 * of one to six clauses, the others random words of the model's vocabulary.
 */
export const makeSentences = (count: number): readonly string[] => {
  const draw = drawsFrom(SEED);
  const pieces = readVocabulary().flatMap(([piece]) => WORD.exec(piece)?.[1] ?? []);
  const sentences = new Set<string>();
  while (sentences.size < count) {
    const isGrammatical = draw(PIECES_EVERY) > 0;
    const sentence = isGrammatical ? grammatical(draw) : ofPieces(draw, pieces);
    if (tokenize(sentence).length <= MAX_TOKENS) sentences.add(sentence);
  }
  return [...sentences];
};
