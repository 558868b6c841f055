// Words of drafts and templates of events.
export const papers = {
  title: 'Drafts and templates', draft: 'Keep as a draft', template: 'Keep as a template', kept: { draft: 'Kept; nobody on the street sees it yet', template: 'Kept as a template' }, kind: { draft: 'Draft', template: 'Template' }, untitled: 'No name yet', drop: 'Throw “{title}” away', again: 'Hold it again',
}
