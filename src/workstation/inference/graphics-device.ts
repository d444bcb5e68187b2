import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'

export interface GraphicsDevice {
  readonly name: string
  /** Version of its driver; null where the system does not tell. */
  readonly driver: string | null
}

const PATIENCE_MS = 10_000

/** The graphics card, as the system's own tool names it; null where there is none or no tool. */
export async function findGraphicsDevice(
  platform: NodeJS.Platform = process.platform,
): Promise<GraphicsDevice | null> {
  const nvidia = await said('nvidia-smi', [
    '--query-gpu=name,driver_version',
    '--format=csv,noheader',
  ])
  if (nvidia !== null) return fromNvidia(nvidia)
  if (platform === 'win32') {
    const command =
      'Get-CimInstance Win32_VideoController | Select-Object Name,DriverVersion | ConvertTo-Json'
    const text = await said('powershell', ['-NoProfile', '-Command', command])
    return text === null ? null : fromWindows(text)
  }
  if (platform === 'darwin') {
    const text = await said('system_profiler', ['SPDisplaysDataType', '-json'])
    return text === null ? null : fromMac(text)
  }
  return null
}

/** A line a card: `NVIDIA RTX A4000, 580.95.05`. Networks run on the first. */
export function fromNvidia(text: string): GraphicsDevice | null {
  const [name, driver] = (text.split('\n')[0] ?? '').split(',').map(part => part.trim())
  return name === undefined || name === '' ? null : { name, driver: driver ?? null }
}

const WindowsCard = z.object({ Name: z.string(), DriverVersion: z.string().nullable() })

/** One card, or a list of them, of which the first is the one with the screen. */
export function fromWindows(text: string): GraphicsDevice | null {
  const cards = z.union([WindowsCard.transform(card => [card]), z.array(WindowsCard)])
  const [card] = cards.safeParse(parsed(text)).data ?? []
  return card === undefined ? null : { name: card.Name, driver: card.DriverVersion }
}

const MacCards = z.object({ SPDisplaysDataType: z.array(z.object({ sppci_model: z.string() })) })

/** The driver is part of macOS, whose version is known otherwise. */
export function fromMac(text: string): GraphicsDevice | null {
  const [card] = MacCards.safeParse(parsed(text)).data?.SPDisplaysDataType ?? []
  return card === undefined ? null : { name: card.sppci_model, driver: null }
}

/** What a program prints; null where it is not there, fails, or takes too long. */
async function said(program: string, options: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, [...options], {
      timeout: PATIENCE_MS,
      windowsHide: true,
    })
    return stdout
  } catch {
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
