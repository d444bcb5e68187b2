/** A number as XML and settings write it, `-1.5e3`; null for anything else, and for what is too large to be one. */
export function decimal(text: string | undefined): number | null {
  const written = text?.trim() ?? ''
  const number = WRITTEN.test(written) ? Number(written) : NaN
  return Number.isFinite(number) ? number : null
}

/** A number above 0: what measures a size, a time or a wavelength, of which 0 says nothing. */
export function positive(text: string | undefined): number | null {
  const number = decimal(text)
  return number !== null && number > 0 ? number : null
}

const WRITTEN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/
