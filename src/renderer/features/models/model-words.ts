import type { EvaluationTable, ModelState, ModelTest } from '#contract/models.ts'

export const STATE_WORDS: Readonly<Record<ModelState, string>> = {
  draft: 'draft',
  qualified: 'qualified',
  'in-use': 'in use',
  retired: 'retired',
}

/** What bringing a network into a state is called on a button. */
export const CHANGE_WORDS: Readonly<Record<ModelState, string>> = {
  draft: 'Make a draft',
  qualified: 'Qualify',
  'in-use': 'Take into use',
  retired: 'Retire',
}

/** What follows from a state. */
export const CHANGE_MEANS: Readonly<Record<ModelState, string>> = {
  draft: 'Only recipes that are drafts may name it.',
  qualified: 'Its newest test on this PC passed: locked recipes may name it.',
  'in-use': 'A recipe that names it without a version gets this one.',
  retired: 'No new work is done with it. What it did stays on record and can be reproduced.',
}

const TASK_WORDS: Readonly<Record<string, string>> = {
  'instances-from-boundary': 'objects from boundaries',
  stardist: 'star-convex objects',
  flows: 'objects from flows',
  semantic: 'regions',
  classification: 'classes',
  embedding: 'embedding',
}

export function taskText(task: string | null): string {
  return task === null ? 'not said' : (TASK_WORDS[task] ?? task)
}

export const ROLE_WORDS: Readonly<Record<EvaluationTable['role'], string>> = {
  train: 'seen in training',
  validation: 'used to choose the network',
  test: 'held out',
  independent: 'independent',
  unknown: 'role not said',
}

/** `12.4 MB` */
export function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** As many digits as say something: `0.912`, `1.2e-5`. */
export function valueText(value: number | null): string {
  if (value === null) return 'no number'
  const size = Math.abs(value)
  if (value === 0 || Number.isInteger(value)) return String(value)
  return size < 1e-3 || size >= 1e5 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
}

/** `all 8192 values within tolerance, largest difference 2.0e-5` */
export function outputText({ compared, mismatched, worst, why }: ModelTest['outputs'][0]): string {
  if (why !== null) return why
  const within = mismatched === 0 ? 'all' : `${compared - mismatched} of`
  return `${within} ${compared} values within tolerance, largest difference ${valueText(worst)}`
}
