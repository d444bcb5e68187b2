import { invalid, refuse } from './objection.ts'

const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i
const UNWRITABLE = /[\u0000-\u001f\u007f<>:"|?*\\]/

/**
 * The name of a file inside a package, `/` between folders, in Unicode's composed form (NFC).
 *
 * Refused is whatever could mean a file elsewhere, or another file, on one of the operating systems: absolute names, drives,
 * `..`, backslashes, streams, devices of Windows, and endings that Windows drops.
 */
export function packageName(name: string, where: string): string {
  const text = name.normalize('NFC').replace(/^(?:\.\/)+/, '')
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    return invalid(`${where} is the address ${text}; download the file into the package first`)
  }
  const part = text.split('/').find(candidate => isUnsafe(candidate))
  if (text.length > 1024 || part !== undefined) {
    return refuse(
      `${where} is "${text.slice(0, 80)}"; allowed: the name of a file inside the package, without .., drive, backslash or device`,
    )
  }
  return text
}

/** Equal for names that Windows or macOS would take for one file. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function isUnsafe(part: string): boolean {
  return (
    part === '' ||
    part === '.' ||
    part === '..' ||
    part.length > 255 ||
    UNWRITABLE.test(part) ||
    /[. ]$/.test(part) ||
    RESERVED.test(part)
  )
}
