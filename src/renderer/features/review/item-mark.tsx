import type { ReviewItem } from '#contract/review.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { isOnlyDoubted } from './review-words.ts'

/** Why an image is in the queue, as a shape: its verdict, or that networks leave its field to a person. */
export function ItemMark({ item }: { readonly item: ReviewItem }) {
  return isOnlyDoubted(item) ? (
    <DoubtMark decision="review" silent />
  ) : (
    <VerdictMark state={item.state} silent />
  )
}
