import { Fragment, type ReactNode } from 'react'
import type { FolderPreview, PreviewedFile } from '#contract/folders.ts'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import { countText } from '../../lib/count-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import table from '../../ui/table.module.css'
import css from './folder-preview.module.css'
import type { PreviewState, PreviewTarget } from './folders-store.ts'

interface FolderPreviewViewProps {
  readonly preview: PreviewState
  /** Null where no folder is chosen that could be looked into. */
  readonly target: PreviewTarget | null
  /** Of the text that says what is wrong with a pattern. */
  readonly faultId: string
}

/** How a folder would be read: what speaks for which instrument, its plates, and its first files with their places. */
export function FolderPreviewView({ preview, target, faultId }: FolderPreviewViewProps) {
  const { busy, value, fault } = preview
  const waiting = target !== null && value === null && fault === null
  return (
    <section className={css['preview']} aria-label="How it would be read" aria-busy={busy}>
      <h3 className={css['title']}>
        How it would be read
        <span className={css['quiet']}>{busy || waiting ? 'looking…' : ''}</span>
      </h3>
      <p id={faultId} className={css['fault']} role="status">
        {fault === null ? '' : refusalText(fault)}
      </p>
      {target === null ? (
        <p className={css['quiet']}>Choose a folder to see what is in it.</p>
      ) : null}
      {value === null ? null : (
        <div
          className={classNames(css['findings'], fault !== null && css['former'])}
          inert={fault !== null}
          aria-hidden={fault !== null}
        >
          <Findings found={value} />
        </div>
      )}
    </section>
  )
}

function Findings({ found }: { readonly found: FolderPreview }) {
  const { cut, signs, plates, plateCount, recognised, unrecognised, shown, faults, beside } = found
  const images = recognised + unrecognised
  const speaking = signs.filter(({ by, claimed }) => claimed > 0 || by === 'index')
  return (
    <>
      <p>
        <strong>{`${recognised} of ${countText(images, 'image')}`}</strong> recognised
        {beside === 0 ? '.' : `; ${beside} more hold no plane, such as thumbnails.`}
        {recognised === 0 && images > 0
          ? ' By a pattern or a table you can say which wells they are of.'
          : ''}
        {cut ? ' The folder is large: only a part of it was looked at.' : ''}
      </p>
      {speaking.length === 0 ? null : (
        <ul className={css['signs']} aria-label="What speaks for it">
          {speaking.map(({ instrument, by, sure, why, claimed, of }) => (
            <li key={`${instrument} ${by}`}>
              <span className={css[sure]}>{sure}</span>
              <span className={css['why']}>{`${instrument}: ${why}`}</span>
              <span className={css['quiet']}>{`${claimed} of ${of}`}</span>
            </li>
          ))}
        </ul>
      )}
      {plates.length === 0 ? null : (
        <ul className={css['plates']} aria-label="Plates">
          {plates.map(plate => (
            <li key={`${plate.folder} ${plate.plate}`}>
              <strong>{plate.plate}</strong>
              <span>{plateText(plate)}</span>
            </li>
          ))}
          {plateCount > plates.length ? (
            <li className={css['quiet']}>{`and ${plateCount - plates.length} more`}</li>
          ) : null}
        </ul>
      )}
      {faults.length === 0 ? null : (
        <ul className={css['faults']} aria-label="Faults">
          {faults.map((fault, i) => (
            <li key={i}>{`${'path' in fault ? `${fault.path}: ` : ''}${faultText(fault)}`}</li>
          ))}
        </ul>
      )}
      {shown.length === 0 ? null : <FileTable shown={shown} of={images} />}
    </>
  )
}

const READ_BY = {
  index: 'by its index',
  name: 'by names',
  map: 'by the table',
  loose: 'every image a field of its own',
} as const

function plateText(plate: FolderPreview['plates'][number]): string {
  const { namedBy, wells, sites, z, t, channels, pixelSize, objective } = plate
  const { arrived, expected, missing } = plate
  const some = (count: number, thing: string) => (count > 1 ? [countText(count, thing)] : [])
  return [
    READ_BY[namedBy],
    ...(wells === 0 ? [] : [countText(wells, 'well')]),
    ...some(sites, 'site'),
    ...(channels.length === 0 ? [] : [channels.join(', ')]),
    ...some(z, 'z-step'),
    ...some(t, 'time point'),
    ...(pixelSize === null ? [] : [`${Math.round(pixelSize * 10_000) / 10_000} µm a pixel`]),
    ...(objective === null ? [] : [objective]),
    expected === null ? countText(arrived, 'plane') : `${arrived} of ${expected} planes`,
    ...(missing === null || missing === 0 ? [] : [`${missing} missing`]),
  ].join(' · ')
}

function FileTable({
  shown,
  of,
}: {
  readonly shown: readonly PreviewedFile[]
  readonly of: number
}) {
  return (
    // A region that scrolls must be reachable without a mouse.
    <div className={css['files']} role="region" aria-label="Files" tabIndex={0}>
      <table className={table['table']}>
        <thead>
          <tr>
            <ColumnHead>{`File (${shown.length} of ${of})`}</ColumnHead>
            <ColumnHead>Plate</ColumnHead>
            <ColumnHead>Well</ColumnHead>
            <ColumnHead number>Site</ColumnHead>
            <ColumnHead>Channel</ColumnHead>
            <ColumnHead number>z</ColumnHead>
            <ColumnHead number>t</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {shown.map(file => (
            <tr key={file.path}>
              <td className={css['file']} title={file.path}>
                {markedPath(file)}
              </td>
              <PlaceCells place={file.place} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PlaceCells({ place }: Pick<PreviewedFile, 'place'>) {
  if (place === null) {
    return (
      <td className={css['stranger']} colSpan={6}>
        not recognised
      </td>
    )
  }
  const { plate, well, site, channel, z, t } = place
  return (
    <>
      <td className={css['plate']} title={plate}>
        {plate}
      </td>
      <td>{well ?? '–'}</td>
      <td className={table['number']}>{site ?? '–'}</td>
      <td>{channel}</td>
      <td className={table['number']}>{z}</td>
      <td className={table['number']}>{t}</td>
    </>
  )
}

/** The path with what each group matched marked; of groups within another the outer one. */
export function markedPath({ path, groups }: Pick<PreviewedFile, 'path' | 'groups'>): ReactNode {
  const parts: ReactNode[] = []
  let end = 0
  for (const { name, from, to } of groups) {
    if (from < end || to <= from) continue
    parts.push(<Fragment key={`before ${from}`}>{path.slice(end, from)}</Fragment>)
    parts.push(
      <mark key={name} title={name} className={css['group']}>
        {path.slice(from, to)}
      </mark>,
    )
    end = to
  }
  return [...parts, <Fragment key="rest">{path.slice(end)}</Fragment>]
}

/** What was typed is in sight: what is missing is why it is refused. */
function refusalText(fault: Fault): string {
  return fault.kind === 'bad-option' ? `It must be ${fault.allowed}.` : faultText(fault)
}
