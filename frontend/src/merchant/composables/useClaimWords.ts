// What a claim is called in a store's ledger.
import { useI18n } from 'vue-i18n'
import type { ClaimEvidence } from '@/shared/api'

export function useClaimWords() {
  const { t } = useI18n()
  return (claim: ClaimEvidence): string => {
    if (claim.kind === 'import') return t('merchant.cases.book')
    return claim.inviter ? t('merchant.cases.kindOf', { who: claim.inviter }) : t(`merchant.cases.kind.${claim.kind}`)
  }
}
