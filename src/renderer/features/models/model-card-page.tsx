import { useState, type ReactNode } from 'react'
import type { ModelCard, ModelState } from '#contract/models.ts'
import { momentText } from '../../lib/moment-text.ts'
import { placeHash } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CardProse } from './card-prose.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { EvaluationTables } from './evaluation-tables.tsx'
import { HistoryTable } from './history-table.tsx'
import { StateMark, TestMark } from './marks.tsx'
import css from './model-card-page.module.css'
import { bytesText, CHANGE_WORDS, taskText } from './model-words.ts'
import type { Doing } from './models-state.ts'
import type { ModelsStore } from './models-store.ts'
import { TensorTable } from './tensor-table.tsx'
import { TestList } from './test-list.tsx'

interface ModelCardPageProps {
  readonly card: ModelCard
  readonly doing: Doing | null
  readonly store: Pick<ModelsStore, 'test' | 'change'>
}

/** What a network is, what it was measured to do, how it fares on this PC and what was decided about it. */
export function ModelCardPage({ card, doing, store }: ModelCardPageProps) {
  const { summary, history, tests, inputs, outputs, evaluation, trainingData, limitations } = card
  const [wanted, setWanted] = useState<ModelState | null>(null)
  const { number } = summary
  return (
    <article className={css['page']}>
      <CardHead
        card={card}
        doing={doing}
        onTest={() => void store.test(number)}
        onWant={setWanted}
      />
      <div className={css['columns']}>
        <div className={css['column']}>
          <Panel title="About">
            <About card={card} />
          </Panel>
          <Panel title="Evaluation">
            {evaluation.length === 0 ? (
              <Unsaid>The package says nothing of how well it does.</Unsaid>
            ) : (
              <EvaluationTables tables={evaluation} />
            )}
          </Panel>
          <Panel title="Limits">
            {limitations === null ? (
              <Unsaid>The package names none. That does not mean there are none.</Unsaid>
            ) : (
              <CardProse text={limitations} />
            )}
          </Panel>
          <Panel title="Training data">
            {trainingData === null ? (
              <Unsaid>The package does not say what it was trained on.</Unsaid>
            ) : (
              <CardProse text={trainingData} />
            )}
          </Panel>
        </div>
        <div className={css['column']}>
          <Panel title={`Tests (${tests.length})`}>
            <TestList tests={tests} />
          </Panel>
          <Panel title="History">
            <HistoryTable history={history} />
          </Panel>
          <Panel title="Inputs and outputs">
            <TensorTable inputs={inputs} outputs={outputs} />
          </Panel>
          {card.card === null ? null : (
            <Panel title="Card">
              <CardProse text={card.card} />
            </Panel>
          )}
        </div>
      </div>
      {wanted === null ? null : (
        <ChangeDialog
          summary={summary}
          to={wanted}
          onClose={() => setWanted(null)}
          onChange={reason => {
            setWanted(null)
            void store.change(number, wanted, reason)
          }}
        />
      )}
    </article>
  )
}

interface CardHeadProps {
  readonly card: ModelCard
  readonly doing: Doing | null
  readonly onTest: () => void
  readonly onWant: (state: ModelState) => void
}

function CardHead({ card: { summary, changes }, doing, onTest, onWant }: CardHeadProps) {
  const { name, reference, state, lastTest } = summary
  return (
    <header className={css['head']}>
      <div className={css['names']}>
        <a className={css['back']} href={placeHash({ view: 'models', number: null })}>
          ← All models
        </a>
        <h1 className={css['title']}>{name}</h1>
        <p className={css['standing']}>
          <code>{reference}</code>
          <StateMark state={state} />
          <span className={css['here']}>
            test on this PC <TestMark passed={lastTest?.passed ?? null} />
          </span>
        </p>
      </div>
      <div className={css['actions']}>
        <Button disabled={doing !== null} onClick={onTest}>
          {doing?.deed === 'test' ? 'Testing…' : 'Test on this PC'}
        </Button>
        {changes.map(to => {
          const why = to === 'qualified' ? whyNotQualified(lastTest) : null
          return (
            <Button
              key={to}
              tone={to === 'retired' ? 'plain' : 'primary'}
              disabled={doing !== null || why !== null}
              {...(why !== null && { title: why })}
              onClick={() => onWant(to)}
            >
              {`${CHANGE_WORDS[to]}…`}
            </Button>
          )
        })}
      </div>
    </header>
  )
}

/** Why a network cannot be qualified now; null where it can. */
export function whyNotQualified(lastTest: ModelCard['summary']['lastTest']): string | null {
  if (lastTest === null) return 'Test it on this PC first'
  return lastTest.passed ? null : 'Its newest test on this PC failed'
}

function About({ card }: { readonly card: ModelCard }) {
  const { description, authors, citations, licence, tags, weights, registered } = card
  const { task } = card.summary
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Finds', taskText(task)],
    ...(card.classes.length > 0 ? [['Classes', card.classes.join(', ')] as const] : []),
    ...(card.diameter === null
      ? []
      : [['Works best at', `nuclei ${card.diameter} pixels across`] as const]),
    ['Licence', licence === '' ? 'not said' : licence],
    ['Authors', authors.length === 0 ? 'not said' : authors.join(', ')],
    ...citations.map(cited => ['Cite', cited] as const),
    ...(tags.length > 0 ? [['Tags', tags.join(', ')] as const] : []),
    ['Weights', `${bytesText(weights.bytes)}, ONNX operator set ${weights.opset}`],
    [
      'SHA-256',
      <code key="hash" className={css['hash']}>
        {weights.sha256}
      </code>,
    ],
    ['Description', `BioImage Model Zoo ${card.formatVersion}`],
    ['Registered', `${momentText(registered.at)} by ${registered.by}`],
  ]
  return (
    <div className={css['about']}>
      {description === '' ? null : <p>{description}</p>}
      <dl className={css['facts']}>
        {rows.map(([name, value], i) => (
          <div key={i} className={css['fact']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Unsaid({ children }: { readonly children: ReactNode }) {
  return <p className={css['unsaid']}>{children}</p>
}
