import { expect, test } from 'vitest'
import { calls, events } from '../../src/contract/index.ts'

test('the window can ask for and be told exactly this', () => {
  expect(Object.keys(calls)).toEqual([
    'about.read',
    'settings.read',
    'settings.change',
    'folders.list',
    'folders.browse',
    'folders.choose',
    'folders.instruments',
    'folders.preview',
    'folders.watch',
    'folders.reread',
    'folders.forget',
    'folders.simulate',
    'plates.list',
    'plates.open',
    'plates.values',
    'plates.fields',
    'plates.completeness',
    'layouts.read',
    'plates.annotate',
    'fields.open',
    'fields.objects',
    'fields.reference',
    'fields.doubted',
    'quality.planes',
    'quality.rules',
    'quality.preview',
    'quality.learn',
    'recipes.list',
    'recipes.succeed',
    'recipes.use',
    'review.queue',
    'review.decide',
    'review.withdraw',
    'review.history',
    'review.reacquire',
    'models.list',
    'models.open',
    'models.browse',
    'models.add',
    'models.test',
    'models.change',
    'progress.read',
    'mistakes.report',
  ])
  expect(Object.keys(events)).toEqual([
    'plate.changed',
    'folders.changed',
    'review.changed',
    'recipe.changed',
    'models.changed',
    'settings.changed',
    'progress.changed',
    'command.chosen',
    'mistake.logged',
  ])
})

test('calls are named noun.verb and events noun.participle, in lower case', () => {
  for (const name of [...Object.keys(calls), ...Object.keys(events)]) {
    expect(name).toMatch(/^[a-z]+\.[a-z]+$/)
  }
})
