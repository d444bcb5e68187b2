export { createModelsStore, type ModelsStore } from './models-store.ts'
export { ModelsView } from './models-view.tsx'
