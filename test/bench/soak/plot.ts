import type { SoakHour } from './hours.ts'

const WIDTH = 720
const PANEL = 150
const LEFT = 56
const TOP = 40
const GAP = 36

/** Three panels over the hours: memory, handles, latency. Axes begin at 0, so that flat is flat. */
export function drawSoak(hours: readonly SoakHour[], title: string): string {
  const panels = [
    {
      name: 'memory, MB: main, workers',
      lines: [
        hours.map(({ mainMegabytes }) => mainMegabytes),
        hours.map(({ workerMegabytes }) => workerMegabytes),
      ],
    },
    { name: 'open handles', lines: [hours.map(({ handles }) => handles)] },
    {
      name: 'last byte to verdict, s: median, 95 %',
      lines: [hours.map(({ latency }) => latency.p50), hours.map(({ latency }) => latency.p95)],
    },
  ]
  const height = TOP + panels.length * (PANEL + GAP)
  const parts = panels.map(({ name, lines }, i) => panel(name, lines, TOP + i * (PANEL + GAP)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="${LEFT}" y="20" font-size="14">parfocal watch: ${title}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

const COLOURS = ['#1f5fa8', '#c2571a']

function panel(name: string, lines: readonly (readonly number[])[], top: number): string {
  const most = Math.max(...lines.flat().filter(value => !Number.isNaN(value)), 1e-9)
  const across = Math.max(...lines.map(line => line.length)) - 1
  const x = (place: number) => LEFT + (place / Math.max(across, 1)) * (WIDTH - LEFT - 20)
  const y = (value: number) => top + PANEL - (value / most) * (PANEL - 10)
  const paths = lines.map((line, i) => {
    const points = line.flatMap((value, place) =>
      Number.isNaN(value) ? [] : `${x(place).toFixed(1)},${y(value).toFixed(1)}`,
    )
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[i]}" stroke-width="1.5"/>`
  })
  return [
    `<text x="${LEFT}" y="${top - 6}">${name}</text>`,
    `<path d="M${LEFT} ${top}V${top + PANEL}H${WIDTH - 20}" fill="none" stroke="#888"/>`,
    `<text x="${LEFT - 6}" y="${y(most) + 4}" text-anchor="end">${most.toPrecision(3)}</text>`,
    `<text x="${LEFT - 6}" y="${top + PANEL}" text-anchor="end">0</text>`,
    `<text x="${WIDTH - 20}" y="${top + PANEL + 14}" text-anchor="end">hour ${across}</text>`,
    ...paths,
  ].join('\n')
}
