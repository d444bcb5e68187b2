import { connect, type Socket } from 'node:net'

/** What came back over a socket until the other end hung up, or until `enough` says so. */
export interface RawAnswer {
  /** 0 when the connection was closed without a word. */
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends bytes as they are, as a browser's fetch would never let a test do. */
export function rawRequest(port: number, text: string): Promise<RawAnswer> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('connect', () => socket.write(text))
  return answerOn(socket)
}

/** Waits until the other end hangs up. */
export function answerOn(socket: Socket): Promise<RawAnswer> {
  return new Promise(resolve => {
    let text = ''
    socket.setEncoding('latin1').on('data', (part: string) => (text += part))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
        head,
        body: wholeBody(head, rest.join('\r\n\r\n')),
      })
    })
  })
}

/** A request as it goes over the wire; the connection is closed after it. */
export function requestText(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): string {
  const lines = Object.entries({
    Connection: 'close',
    ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

function wholeBody(head: string, body: string): string {
  if (!/transfer-encoding: chunked/i.test(head)) return body
  let whole = ''
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.slice(at, end), 16)
    if (end === -1 || !(size > 0)) return whole
    whole += body.slice(end + 2, end + 2 + size)
    at = end + 2 + size + 2
  }
}
