import type { DecisionWord } from '#contract/decision.ts'
import { classNames } from '../../ui/class-names.ts'
import css from './decision-mark.module.css'
import { DECISION_WORDS } from './review-words.ts'

const SIGNS: Readonly<Record<DecisionWord, string>> = {
  accept: '✓',
  reject: '✕',
  reimage: '↻',
  unsure: '?',
}

/** A decision as sign, colour and word. */
export function DecisionMark({ word }: { readonly word: DecisionWord }) {
  return (
    <span className={css['mark']}>
      <span className={classNames(css['sign'], css[word])} aria-hidden="true">
        {SIGNS[word]}
      </span>
      {DECISION_WORDS[word]}
    </span>
  )
}
