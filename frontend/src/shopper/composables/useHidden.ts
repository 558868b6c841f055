// Neighbours whom one does not want to see, by the ids that posts show. The server leaves them out of every list; what they
// say live comes to everybody and is passed over here.
import { ref } from 'vue'

const hidden = ref<ReadonlySet<string>>(new Set())

export function useHidden() {
  return {
    hidden,
    set: (authors: string[]) => { hidden.value = new Set(authors) },
    add: (author: string) => { hidden.value = new Set([...hidden.value, author]) },
  }
}
