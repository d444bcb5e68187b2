/** Where the window opens, and why there. */
export interface HostChoice {
  readonly host: 'electron' | 'web'
  /** Electron's executable; null for the browser. */
  readonly executable: string | null
  /** Ends a sentence: `because …`. */
  readonly because: string
}

export const HOSTS = ['auto', 'electron', 'web'] as const
export type AskedHost = (typeof HOSTS)[number]

export type ElectronRuntime = { readonly executable: string } | { readonly missing: string }

/** What the choice depends on. The runtime is asked for only where it matters, as it may have to be fetched. */
export interface Surroundings {
  /** False for `--no-open`, which asks for an address and no window. */
  readonly opens: boolean
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly runtime: () => Promise<ElectronRuntime>
}

/** Electron where there is a screen and it is or can be had, else the browser; what was asked for where it was. */
export async function chooseHost(
  asked: AskedHost,
  surroundings: Surroundings,
): Promise<HostChoice | { readonly impossible: string }> {
  if (asked === 'web') return inBrowser('--host web asks for it')
  if (asked === 'auto' && !surroundings.opens) return inBrowser('--no-open asks for an address')
  if (!hasScreen(surroundings)) {
    const because = 'this session has no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)'
    return asked === 'auto' ? inBrowser(because) : { impossible: because }
  }
  const runtime = await surroundings.runtime()
  if ('missing' in runtime) {
    return asked === 'auto' ? inBrowser(runtime.missing) : { impossible: runtime.missing }
  }
  const because = asked === 'auto' ? 'its runtime is here' : '--host electron asks for it'
  return { host: 'electron', executable: runtime.executable, because }
}

export function hasScreen({
  platform,
  environment,
}: Pick<Surroundings, 'platform' | 'environment'>): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = environment
  return platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}

function inBrowser(because: string): HostChoice {
  return { host: 'web', executable: null, because }
}
