import type { PlaneDescription } from '#contract/pixels.ts'
import { Check } from '../../ui/check.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { COLOURS, MOST_CHANNELS, type ChannelLook } from './channel-look.ts'
import css from './channel-panel.module.css'
import { ContrastControl } from './contrast-control.tsx'
import { CONTRAST_MODES, type ContrastMode } from './contrast.ts'
import { limitsFor } from './picture.ts'

export interface ChannelInSight {
  readonly look: ChannelLook
  /** Of the planes that are seen of it; empty while nothing is known of them. */
  readonly descriptions: readonly PlaneDescription[]
}

interface ChannelPanelProps {
  readonly channels: readonly ChannelInSight[]
  readonly onLook: (look: ChannelLook) => void
}

const MODE_TEXTS: Readonly<Record<ContrastMode, string>> = {
  auto: 'per field',
  plate: 'held for plate',
  hand: 'by hand',
}

/** How each channel is shown. */
export function ChannelPanel({ channels, onLook }: ChannelPanelProps) {
  const shown = channels.filter(({ look }) => look.shown).length
  return (
    <Panel title="Channels">
      {channels.length > MOST_CHANNELS ? (
        <p className={css['hint']}>{`Up to ${MOST_CHANNELS} of them can be seen at once.`}</p>
      ) : null}
      <ul>
        {channels.map(({ look, descriptions }) => (
          <li key={look.channel} className={css['channel']}>
            <ChannelLine
              look={look}
              descriptions={descriptions}
              full={!look.shown && shown >= MOST_CHANNELS}
              onLook={onLook}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface ChannelLineProps extends ChannelInSight {
  readonly full: boolean
  readonly onLook: (look: ChannelLook) => void
}

function ChannelLine({ look, descriptions, full, onLook }: ChannelLineProps) {
  const limits = limitsFor(look, descriptions)
  const [description] = descriptions
  return (
    <>
      <div className={css['head']}>
        <Check
          label={look.channel}
          checked={look.shown}
          disabled={full}
          onChange={shown => onLook({ ...look, shown })}
        />
        <span className={css['colour']}>
          <span className={css['swatch']} style={{ background: look.colour }} aria-hidden="true" />
          <Select
            label={`Colour of ${look.channel}`}
            silent
            value={look.colour}
            options={COLOURS}
            onChange={colour => onLook({ ...look, colour })}
          />
        </span>
      </div>
      {look.shown && limits !== null && description !== undefined ? (
        <>
          <ContrastControl
            channel={look.channel}
            description={description}
            limits={limits}
            colour={look.colour}
            onChange={next => onLook({ ...look, contrast: 'hand', limits: next })}
          >
            <Select
              label={`Contrast of ${look.channel}`}
              silent
              value={look.contrast}
              options={CONTRAST_MODES.map(value => ({ value, text: MODE_TEXTS[value] }))}
              onChange={contrast => onLook({ ...look, contrast, limits })}
            />
          </ContrastControl>
          <Slider
            label="Gamma"
            min={0.2}
            max={3}
            step={0.05}
            value={look.gamma}
            text={look.gamma.toFixed(2)}
            onChange={gamma => onLook({ ...look, gamma })}
          />
        </>
      ) : null}
    </>
  )
}
