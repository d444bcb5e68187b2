import type { ModelTest } from '#contract/models.ts'
import { recentText } from '../../lib/moment-text.ts'
import { TestMark } from './marks.tsx'
import { outputText } from './model-words.ts'
import css from './test-list.module.css'

/** Every test of a network: the environment of now first, then by the others it was tested in. */
export function TestList({ tests }: { readonly tests: readonly ModelTest[] }) {
  if (tests.length === 0) return <p className={css['none']}>Never tested.</p>
  return (
    <>
      {byEnvironment(tests).map(({ environment, here, members }) => (
        <section key={environment} className={css['environment']}>
          <h3 className={css['where']}>
            {here ? 'This PC as it is now' : 'Another environment'}
            <span className={css['quiet']}>{environment}</span>
          </h3>
          <ul>
            {members.map((test, i) => (
              <li key={test.testId} className={css['test']}>
                <p className={css['line']}>
                  <TestMark passed={test.passed} />
                  <span>{recentText(test.at)}</span>
                  <span>{test.provider}</span>
                  <span className={css['quiet']}>{costText(test)}</span>
                  <span className={css['quiet']}>{`by ${test.by}`}</span>
                </p>
                {i === 0 ? <Details test={test} /> : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** What was compared; of the newest test in an environment, which is the one that counts. */
function Details({ test: { outputs, sizesTried, stochastic } }: { readonly test: ModelTest }) {
  return (
    <>
      {outputs.map(output => (
        <p key={output.id} className={css['output']}>
          <code>{output.id}</code> {outputText(output)}
          <span className={css['quiet']}>{` (allowed: ${output.tolerance})`}</span>
        </p>
      ))}
      {sizesTried.length === 0 ? null : <p className={css['output']}>{sizesText(sizesTried)}</p>}
      {stochastic ? (
        <p className={css['output']}>
          Gives other numbers each time: it draws random numbers of its own.
        </p>
      ) : null}
    </>
  )
}

interface Environment {
  readonly environment: string
  readonly here: boolean
  readonly members: readonly ModelTest[]
}

/** Tests by the environment they were made in, the present one first; in each the newest first. */
export function byEnvironment(tests: readonly ModelTest[]): readonly Environment[] {
  const groups = Map.groupBy(
    tests,
    test => `${test.here ? 'here' : 'elsewhere'} ${test.environment}`,
  )
  return [...groups.values()]
    .map(members => ({ environment: members[0]!.environment, here: members[0]!.here, members }))
    .toSorted((a, b) => Number(b.here) - Number(a.here))
}

/** `also run at 64 × 64 and 96 × 64`, or what went wrong where. */
export function sizesText(tried: ModelTest['sizesTried']): string {
  const wrong = tried.filter(one => one.wrong !== null)
  if (wrong.length > 0) return wrong.map(one => `at ${one.size}: ${one.wrong}`).join('; ')
  return `also run at ${tried.map(({ size }) => size).join(' and ')}`
}

function costText({ seconds, peakMegabytes }: ModelTest): string {
  const memory = peakMegabytes === null ? '' : `, ${Math.round(peakMegabytes)} MB`
  return `${seconds.toFixed(1)} s${memory}`
}
