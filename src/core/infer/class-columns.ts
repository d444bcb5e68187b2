/** Words that columns of classes have of their own. */
const TAKEN = ['Index', 'Uncertainty', 'MutualInformation', 'Distance', 'Unclassified']

/** The name of a class as it stands in the name of a column: `Class_early_anaphase`. */
export function classColumnWord(name: string): string {
  const word = name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '_')
  return TAKEN.includes(word) ? `${word}_` : word
}
