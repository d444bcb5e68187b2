const LONGEST = 300

/** Two or more folders and a name, after either kind of slash; the last part is kept. */
const PATH = /(?:[A-Za-z]:)?(?:[\\/][^\\/\s:'"()]+)+[\\/]([^\\/\s:'"()]+)/g

/**
 * What the runtime said, on one line: without folders, which are nobody's business in a record, and without the
 * control characters that a name in a hostile network could hold.
 */
export function runtimeComplaint(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const plain = text
    .replace(PATH, '$1')
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST)}…`
}
