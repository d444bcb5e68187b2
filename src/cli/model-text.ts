import type { EvaluationTable, ModelCard, ModelList, ModelTest } from '#contract/models.ts'
import { textTable } from './text-table.ts'

/** Networks as a table, and those that ship beside it. */
export function modelsText(
  {
    models,
    bundled,
  }: { readonly models: ModelList['models']; readonly bundled: readonly string[] },
  environment: string,
): string {
  const head = ['MODEL', 'TASK', 'STATE', 'LAST TEST HERE', 'PROVIDER']
  const rows = models.map(({ reference, task, state, lastTest }) => [
    reference,
    task ?? '-',
    state,
    lastTest === null ? 'not run' : `${outcome(lastTest)} ${day(lastTest.at)}`,
    lastTest?.provider ?? '-',
  ])
  const registered = rows.length === 0 ? 'No network is registered.\n' : textTable([head, ...rows])
  const ship =
    bundled.length === 0 ? '' : `\nShip with Parfocal, not registered yet: ${bundled.join(', ')}\n`
  return `${registered}${ship}\nThis PC: ${environment}\n`
}

/** The card of a network. */
export function modelText(card: ModelCard): string {
  const { summary, inputs, outputs, evaluation, tests, history, weights } = card
  const facts = textTable([
    ['Model', `${summary.name}, ${summary.reference}`],
    ['State', summary.state],
    ['Task', summary.task ?? 'not said'],
    ...(card.classes.length > 0 ? [['Classes', card.classes.join(', ')]] : []),
    ...(card.diameter === null ? [] : [['Works best', `nuclei ${card.diameter} pixels across`]]),
    ['Licence', card.licence === '' ? 'not said' : card.licence],
    ['Authors', card.authors.join(', ') || 'not said'],
    ['Weights', `${weights.sha256}, ${weights.bytes} bytes, operator set ${weights.opset}`],
    ['Registered', `${day(card.registered.at)} by ${card.registered.by}`],
  ])
  const tensors = [
    ...inputs.map(tensor => ({ tensor, how: 'takes' })),
    ...outputs.map(tensor => ({ tensor, how: 'gives' })),
  ].map(({ tensor: { id, dtype, axes, processing }, how }) =>
    [`${how} ${id} (${dtype})`, ...axes, ...processing].join('; '),
  )
  const parts = [
    facts,
    section('Inputs and outputs', lines(tensors)),
    ...evaluation.map(table =>
      section(`Evaluation: ${table.dataset} (${table.role})`, scores(table)),
    ),
    section('Training data', lines([card.trainingData ?? 'The package does not say.'])),
    section('Limits', lines([card.limitations ?? 'The package names none.'])),
    section('Tests', lines(tests.length === 0 ? ['None.'] : tests.map(testText))),
    section(
      'History',
      textTable(history.map(({ state, reason, by, at }) => [day(at), state, by, reason])),
    ),
  ]
  return parts.join('\n')
}

function section(title: string, text: string): string {
  return `${title}\n${text}`
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `${text.trim()}\n`).join('')
}

function scores({ metrics, rows }: EvaluationTable): string {
  const body = rows.map(({ factor, values }) => [
    factor,
    ...values.map(value => String(Number(value.toPrecision(4)))),
  ])
  return textTable([['', ...metrics], ...body])
}

function testText(test: ModelTest): string {
  const where = test.here ? 'here' : test.environment
  return `${day(test.at)}  ${outcome(test)}  ${test.provider}  ${where}`
}

function outcome({ passed }: Pick<ModelTest, 'passed'>): string {
  return passed ? 'passed' : 'FAILED'
}

/** The day of a moment, in UTC. */
function day(at: string): string {
  return at.slice(0, 10)
}
