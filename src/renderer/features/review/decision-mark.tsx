import type { DecisionWord } from '#contract/decision.ts'
import { DECISION_WORDS } from '../../lib/decision-words.ts'
import { classNames } from '../../ui/class-names.ts'
import css from './decision-mark.module.css'

const SIGNS: Readonly<Record<DecisionWord, string>> = {
  accept: '✓',
  reject: '✕',
  reimage: '↻',
  unsure: '?',
}

interface DecisionMarkProps {
  readonly word: DecisionWord
  /** On its way to the store. */
  readonly pending?: boolean
}

/** A decision as sign, colour and word; dots after it until it is kept. */
export function DecisionMark({ word, pending = false }: DecisionMarkProps) {
  return (
    <span className={css['mark']}>
      <span className={classNames(css['sign'], css[word])} aria-hidden="true">
        {SIGNS[word]}
      </span>
      {DECISION_WORDS[word]}
      {pending ? ' …' : ''}
    </span>
  )
}
