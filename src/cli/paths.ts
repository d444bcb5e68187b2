import { resolve } from 'node:path'

/** A path as the user typed it, made absolute from where the user stands (`npm run` moves away). */
export function userPath(text: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), text)
}
