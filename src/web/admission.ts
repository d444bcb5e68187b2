/** What a request says about where it comes from and what it wants to do. */
export interface Approach {
  readonly method: string
  /** Every Host header it carries; a proper request has one. */
  readonly hosts: readonly string[]
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  /** As it stands in the request line. */
  readonly target: string
}

/** Why a request goes no further, before anybody has looked at what it wants. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 421
  readonly why: 'wrong-host' | 'foreign-origin' | 'foreign-site' | 'method' | 'target'
}

const METHODS = ['GET', 'HEAD', 'POST']

/**
 * Whether a request comes from the host's own page, or why not.
 *
 * A page from elsewhere can send requests to 127.0.0.1, and by DNS rebinding under a name of its own. It cannot
 * choose the headers Host, Origin and Sec-Fetch-Site. Comparing Origin with Host is not enough: rebound, both are
 * the stranger's. Other programs can send any header; against them stands the secret.
 */
export function refusalOf(approach: Approach, port: number): Refusal | null {
  const { method, hosts, origin, fetchSite, target } = approach
  const [host] = hosts
  if (hosts.length !== 1 || !ownHosts(port).includes(host!)) {
    return { status: 421, why: 'wrong-host' }
  }
  // An absolute address (`GET http://elsewhere/`) or `*` is no path of ours.
  if (!/^\/(?!\/)/.test(target)) return { status: 400, why: 'target' }
  if (!METHODS.includes(method)) return { status: 405, why: 'method' }
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    return { status: 403, why: 'foreign-site' }
  }
  // A browser leaves Origin out where it reads from its own page, never where it changes something.
  const originNeeded = method === 'POST' || origin !== undefined
  if (originNeeded && origin !== `http://${host}`) return { status: 403, why: 'foreign-origin' }
  return null
}

function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}
