import { Command, Option } from 'commander'
import { readFileSync, writeFileSync } from 'node:fs'
import { fail, ok, type Result } from '#core/fault.ts'
import type { HeadKind } from '#core/infer/class-heads.ts'
import type { HeadTrial } from '#core/infer/try-head.ts'
import { recipeHash, type Recipe } from '#core/recipe.ts'
import { readExamples } from '#workstation/examples/read-examples.ts'
import { teachClasses, type TaughtClasses } from '#workstation/examples/teach-classes.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { EXIT, failWith, printJson } from '../exit.ts'
import { userPath } from '../paths.ts'
import { recipeFrom } from '../recipe-option.ts'

interface TeachOptions {
  readonly examples: string
  readonly to: string
  readonly model?: readonly string[]
  readonly recipe?: string
  readonly name?: string
  readonly by: HeadKind
  readonly json?: true
}

/** `models teach`: classes by named objects, as a recipe. */
export function teachCommand(): Command {
  return new Command('teach')
    .description('Make a recipe that tells classes, from objects that somebody named')
    .argument('<store>', 'store whose objects were embedded')
    .requiredOption('--examples <csv>', 'columns plate,well,site,object,class, as in object.csv')
    .requiredOption('--to <file>', 'recipe to write, JSON')
    .option(
      '--model <id@version>',
      'network that embedded them, again for each of several (default: those of the store)',
      (one: string, others: readonly string[] | undefined) => [...(others ?? []), one],
    )
    .option('--recipe <name|file>', 'recipe that gets the classes (default: that of the objects)')
    .option('--name <name>', 'name of the new recipe (default: the old one with -classes)')
    .addOption(
      new Option('--by <kind>', 'how classes are told from each other')
        .choices(['prototypes', 'logistic'])
        .default('prototypes'),
    )
    .option('--json', 'print one JSON document')
    .action(teach)
}

async function teach(folder: string, options: TeachOptions): Promise<void> {
  const base = options.recipe === undefined ? ok(null) : recipeFrom(options.recipe)
  if (!base.ok) return failWith(base.fault)
  const text = textOf(userPath(options.examples))
  if (!text.ok) return failWith(text.fault)
  const read = readExamples(text.value, options.examples)
  if (!read.ok) return failWith(read.fault)
  const store = openStoreReader(userPath(folder))
  if (!store.ok) return failWith(store.fault)
  try {
    const taught = await teachClasses(store.value, read.value.named, {
      models: options.model ?? null,
      base: base.value,
      kind: options.by,
      name: options.name ?? null,
    })
    if (!taught.ok) return failWith(taught.fault)
    const problems = [...read.value.problems, ...taught.value.problems].toSorted(
      (a, b) => a.line - b.line,
    )
    const to = userPath(options.to)
    const written = writeRecipe(to, taught.value.recipe)
    if (!written.ok) return failWith(written.fault)
    if (problems.length > 0) process.exitCode = EXIT.faults
    if (options.json === true) return printJson(document({ ...taught.value, problems }, to))
    for (const { line, detail } of problems) {
      process.stderr.write(`line ${line} of ${options.examples}: ${detail}\n`)
    }
    process.stdout.write(reportText(taught.value, to))
  } finally {
    store.value.close()
  }
}

function textOf(path: string): Result<string> {
  try {
    return ok(readFileSync(path, 'utf8'))
  } catch {
    return fail({ kind: 'file-not-found', path })
  }
}

function writeRecipe(path: string, recipe: Recipe): Result<void> {
  try {
    writeFileSync(path, `${JSON.stringify(recipe, null, 2)}\n`)
    return ok(undefined)
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return fail({ kind: 'output-not-writable', path, detail })
  }
}

function document(taught: TaughtClasses, path: string): unknown {
  const { recipe, models, classes, leaveOneOut, leaveWellOut, problems } = taught
  return {
    recipe: path,
    name: recipe.name,
    hash: recipeHash(recipe),
    models,
    classes: classes.map(({ name, examples }, k) => {
      return { name, examples, right: leaveOneOut.confusion[k]![k]! }
    }),
    leaveOneOut: trialJson(leaveOneOut),
    leaveWellOut: leaveWellOut === null ? null : trialJson(leaveWellOut),
    faults: problems.map(({ line, detail }) => ({ line, message: detail })),
  }
}

function trialJson({ tested, right, confusion }: HeadTrial): unknown {
  return { tested, right, accuracy: tested === 0 ? null : right / tested, confusion }
}

function reportText(taught: TaughtClasses, path: string): string {
  const { recipe, models, classes, leaveOneOut, leaveWellOut } = taught
  const width = Math.max(...classes.map(({ name }) => name.length))
  const lines = [
    `${classes.length} classes, as ${models.join(', ')} sees them:`,
    ...classes.map(({ name, examples }, k) => {
      const right = leaveOneOut.confusion[k]![k]!
      return `  ${name.padEnd(width)}  ${examples} examples, ${right} told right by the others`
    }),
    trialLine('Left out one at a time', leaveOneOut),
    leaveWellOut === null
      ? 'All examples are of one well: how other wells are told is not known.'
      : trialLine('Left out well by well', leaveWellOut),
    `Recipe ${recipe.name}: ${path}`,
  ]
  return `${lines.join('\n')}\n`
}

function trialLine(how: string, { tested, right }: HeadTrial): string {
  if (tested === 0)
    return `${how}: nothing could be told, classes would have been without examples.`
  return `${how}: ${right} of ${tested} told right (${Math.round((100 * right) / tested)} %).`
}
