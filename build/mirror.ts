import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

const mirrored = 'test/{contract,core,cli,main,preload,renderer,web,workstation}/**/*.test.{ts,tsx}'

/** Tests that mirror no file or folder of src, so that nobody could find them from what they test. */
export function testsWithoutTwin(root: string): readonly string[] {
  return globSync(mirrored, { cwd: root }).filter(test => {
    const twin = join(root, test.replace(/^test/, 'src').replace(/\.test\.tsx?$/, ''))
    return !['', '.ts', '.tsx'].some(ending => existsSync(twin + ending))
  })
}
