export { ReacquireView } from './reacquire-view.tsx'
export { createReviewStore, type ReviewStore } from './review-store.ts'
export { ReviewView } from './review-view.tsx'
