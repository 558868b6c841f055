import { describe, expect, it } from 'vitest'
import { night } from './newStore'

describe('night', () => {
  it('is a quarter darker', () => expect(night('#B5402C')).toBe('#883021'))
  it('leaves what is no colour as it is', () => expect(night('red')).toBe('red'))
})
