import type { DecisionWord } from '#contract/decision.ts'

/** What people have decided about a plane, in a few words. */
export const DECISION_WORDS: Readonly<Record<DecisionWord, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  reimage: 'image again',
  unsure: 'not sure',
}
