import { InvalidArgumentError } from 'commander'

/** Reads an option that must be a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Allowed: a whole number from ${least} on.`)
    }
    return value
  }
}
