import type { ModelList as Listed, ModelSummary } from '#contract/models.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { recentText } from '../../lib/moment-text.ts'
import { placeHash } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnHead } from '../../ui/column-head.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { Empty } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import table from '../../ui/table.module.css'
import { StateMark, TestMark } from './marks.tsx'
import css from './model-list.module.css'
import { taskText } from './model-words.ts'
import type { Doing } from './models-state.ts'
import type { ModelsStore } from './models-store.ts'

interface ModelListProps {
  readonly list: Listed
  readonly doing: Doing | null
  readonly store: Pick<ModelsStore, 'test' | 'addBundled'>
  readonly board: CommandBoard
}

/** Every registered network, and those that ship and are not registered yet. */
export function ModelList({ list: { models, bundled }, doing, store, board }: ModelListProps) {
  if (models.length === 0 && bundled.length === 0) return <NoModels board={board} />
  return (
    <div className={css['page']}>
      <h1 className="heard">Models</h1>
      <Panel
        title="Registered models"
        actions={<CommandButton board={board} id="model.add" tone="quiet" />}
      >
        {models.length === 0 ? (
          <p className={css['none']}>
            None yet. Those that ship with Parfocal are registered when a recipe first names them.
          </p>
        ) : (
          <div className={css['scroll']}>
            <ModelTable models={models} doing={doing} onTest={number => void store.test(number)} />
          </div>
        )}
      </Panel>
      {bundled.length === 0 ? null : (
        <Panel title="Ship with Parfocal, not registered in this store">
          <ul className={css['bundled']}>
            {bundled.map(({ reference }) => (
              <li key={reference} className={css['package']}>
                <code>{reference}</code>
                <Button
                  disabled={doing !== null}
                  label={`Register ${reference}`}
                  onClick={() => void store.addBundled(reference)}
                >
                  Register
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {doing?.deed === 'add' ? (
        <p role="status" className={css['quiet']}>
          Checking the package and running its test tensors…
        </p>
      ) : null}
    </div>
  )
}

interface ModelTableProps {
  readonly models: readonly ModelSummary[]
  readonly doing: Doing | null
  readonly onTest: (number: number) => void
}

function ModelTable({ models, doing, onTest }: ModelTableProps) {
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <ColumnHead>Model</ColumnHead>
          <ColumnHead>Id and version</ColumnHead>
          <ColumnHead>Finds</ColumnHead>
          <ColumnHead>State</ColumnHead>
          <ColumnHead>Last test on this PC</ColumnHead>
          <ColumnHead>Provider</ColumnHead>
          <ColumnHead>
            <span className="heard">Test</span>
          </ColumnHead>
        </tr>
      </thead>
      <tbody>
        {models.map(({ number, reference, name, task, state, lastTest }) => {
          const busy = doing?.deed === 'test' && doing.number === number
          return (
            <tr key={number}>
              <td>
                <a className={css['name']} href={placeHash({ view: 'models', number })}>
                  {name}
                </a>
              </td>
              <td>
                <code>{reference}</code>
              </td>
              <td>{taskText(task)}</td>
              <td>
                <StateMark state={state} />
              </td>
              <td>
                <span className={css['test']}>
                  <TestMark passed={lastTest?.passed ?? null} />
                  {lastTest === null ? null : (
                    <span className={css['quiet']}>{recentText(lastTest.at)}</span>
                  )}
                </span>
              </td>
              <td>{lastTest?.provider ?? '–'}</td>
              <td className={table['number']}>
                <Button
                  disabled={doing !== null}
                  label={`Test ${reference}`}
                  onClick={() => onTest(number)}
                >
                  {busy ? 'Testing…' : 'Test'}
                </Button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function NoModels({ board }: { readonly board: CommandBoard }) {
  return (
    <Empty title="No model is registered yet.">
      <p className={css['quiet']}>
        A model comes as a package of the BioImage Model Zoo: a folder or a zip with its
        description, its weights as ONNX and its test tensors. Parfocal checks it, runs it in a
        process of its own, and keeps it under the hash of its weights.
      </p>
      <CommandButton board={board} id="model.add" tone="primary" />
      <p className={css['quiet']}>
        In a terminal: <code>parfocal models add PATH</code>
      </p>
    </Empty>
  )
}
