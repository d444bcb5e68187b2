import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { writePackage } from './model-packages.ts'

const ENTRY = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))

/** 12 wells, 2 fields, 3 channels, with every defect. */
const EVERY_DEFECT =
  '--wells 12 --fields 2 --channels 3 --seed 4 ' +
  '--defects defocus:0.2,bubble:0.1,empty:0.1,saturation:0.1,vignette:0.1,truncated:0.03'

/** A plate that was acquired and analysed, in a store with a registered network. */
export function finishedPlate(
  scratch: string,
  plate = EVERY_DEFECT,
  ...how: readonly string[]
): {
  readonly folder: string
  readonly store: string
} {
  const folder = join(scratch, 'acquisitions')
  const store = join(scratch, 'store')
  parfocal('simulate', join(folder, 'plate'), ...plate.split(' '))
  parfocal('run', folder, '--store', store, ...how)
  parfocal('models', 'add', writePackage(join(scratch, 'package')), '--store', store)
  return { folder, store }
}

/** A place of the window and the way there, from anywhere. */
export interface WindowPlace {
  readonly name: string
  readonly go: (page: Page) => Promise<void>
}

/** Every view, on the first plate of the store. */
export function placesOf(): readonly WindowPlace[] {
  return [
    place('plates', '#/', page => page.getByRole('heading', { name: 'Plates', exact: true })),
    place('plate', '#/plate/1', page => page.getByRole('heading', { name: 'Verdict' }), 't'),
    place('plate-thumbnails', '#/plate/1', page => page.getByText('Black', { exact: true }), 't'),
    place('field', '#/field/1/1', page =>
      page.locator('button:enabled').filter({ hasText: /^Table of \d/ }),
    ),
    place('quality', '#/quality/1', page => page.locator('canvas').first()),
    place('review', '#/review/1', page => page.getByRole('button', { name: /^Many/ }), 'g'),
    place('review-grid', '#/review/1', page => page.getByRole('button', { name: /^One/ }), 'g'),
    place('reacquire', '#/reacquire/1', page => page.getByRole('region')),
    place('models', '#/models', page => page.getByRole('heading', { name: /^Registered/ })),
    place('model', '#/models/1', page => page.getByRole('heading', { name: 'History' })),
    place('settings', '#/settings', page => page.getByText('Operator, who signs decisions')),
  ]
}

function place(
  name: string,
  hash: string,
  sign: (page: Page) => ReturnType<Page['locator']>,
  key?: string,
): WindowPlace {
  return {
    name,
    async go(page) {
      // By way of another place, so that a view begins anew.
      await page.evaluate(() => (location.hash = '#/settings'))
      await page.getByText('Operator, who signs decisions').waitFor()
      await page.evaluate(to => (location.hash = to), hash)
      if (key === undefined) return sign(page).first().waitFor()
      await page.locator('canvas').first().waitFor()
      // A view comes back as it was left: the key turns it only where it stands otherwise.
      if (!(await sign(page).first().isVisible())) await page.keyboard.press(key)
      await sign(page).first().waitFor()
    },
  }
}

function parfocal(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [ENTRY, ...args], { encoding: 'utf8' })
  if (status !== 0 && status !== 1) throw new Error(stderr)
}
