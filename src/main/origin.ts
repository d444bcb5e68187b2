/** Where the window lives. Every decision about trust compares with this. */
export const APP_SCHEME = 'app'
const APP_HOST = 'parfocal'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/**
 * Whether a URL belongs to the window itself.
 *
 * Compares protocol and host: `new URL('app://…').origin` is the text "null", as for every scheme that
 * the URL standard does not list, and a prefix would let `app://parfocal.evil` through.
 */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  )
}

/** Whether a URL stands for something that the window made itself. */
export function isOurBlob(url: string): boolean {
  return url.startsWith('blob:') && isOurs(url.slice('blob:'.length))
}
