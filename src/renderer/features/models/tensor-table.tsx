import type { TensorLine } from '#contract/models.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import table from '../../ui/table.module.css'
import css from './tensor-table.module.css'

interface TensorTableProps {
  readonly inputs: readonly TensorLine[]
  readonly outputs: readonly TensorLine[]
}

/** What a network takes and gives, in words. */
export function TensorTable({ inputs, outputs }: TensorTableProps) {
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label="Inputs and outputs">
      <table className={table['table']}>
        <thead>
          <tr>
            <ColumnHead>Tensor</ColumnHead>
            <ColumnHead>Axes</ColumnHead>
            <ColumnHead>Processing</ColumnHead>
          </tr>
        </thead>
        <Tensors heading="Takes" tensors={inputs} />
        <Tensors heading="Gives" tensors={outputs} />
      </table>
    </div>
  )
}

function Tensors({
  heading,
  tensors,
}: {
  readonly heading: string
  readonly tensors: readonly TensorLine[]
}) {
  return (
    <tbody>
      <tr>
        <th className={css['group']} colSpan={3} scope="rowgroup">
          {heading}
        </th>
      </tr>
      {tensors.map(({ id, description, dtype, axes, processing }) => (
        <tr key={id} className={css['tensor']}>
          <td>
            <code>{id}</code> <span className={css['quiet']}>{dtype}</span>
            {description === '' ? null : <p className={css['quiet']}>{description}</p>}
          </td>
          <td>
            <Lines texts={axes} />
          </td>
          <td>{processing.length === 0 ? '–' : <Lines texts={processing} />}</td>
        </tr>
      ))}
    </tbody>
  )
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text, i) => (
        <li key={i}>{text}</li>
      ))}
    </ul>
  )
}
