import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import {
  writeAcquisition,
  type AcquisitionOptions,
} from '#workstation/simulate/write-acquisition.ts'
import { openWorkstation, type Workstation } from '#workstation/workstation.ts'
import { valueOf } from './value-of.ts'

/** A workstation on a new store in this folder, closed after the test unless the test does. */
export function openedWorkstation(folder: string): Workstation {
  const workstation = valueOf(
    openWorkstation({
      storeFolder: join(folder, 'store'),
      recipe: NUCLEI_FLUORESCENCE,
    }),
  )
  onTestFinished(() => {
    if (workstation.store.db.open) workstation.close()
  })
  return workstation
}

/** A small simulated plate without defects. */
export async function writePlate(
  folder: string,
  choice: Partial<AcquisitionOptions> = {},
): Promise<void> {
  valueOf(
    await writeAcquisition({
      folder,
      truthFolder: null,
      naming: NAMINGS['imagexpress']!,
      seed: 3,
      format: 6,
      wells: 2,
      fields: 1,
      channels: 2,
      width: 96,
      height: 96,
      defects: {},
      rate: null,
      ...choice,
    }),
  )
}

/** Waits until something is so; fails where it does not become so. */
export async function until(what: string, isSo: () => boolean, patienceMs = 20_000): Promise<void> {
  const began = performance.now()
  while (!isSo()) {
    if (performance.now() - began > patienceMs) throw new Error(`It never was so: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
