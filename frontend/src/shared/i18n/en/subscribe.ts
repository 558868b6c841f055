// The calendar in people's phones: a member's own dates, and the whole street's.
export default {
  title: 'In your calendar',
  own: { title: 'What I signed up for', text: 'The dates you signed up for, and those you wait for, appear in your calendar by themselves. They follow when a date moves or is called off, and your phone reminds you an hour before.' },
  ask: 'Get my address',
  add: 'Add to my calendar', copy: 'Copy the address', copied: 'The address is copied', notCopied: 'It was not copied. Press on the address and choose it yourself',
  once: 'This address is shown only now. Whoever has it can see what you signed up for, so do not post it; if it gets lost, take a new one.',
  since: 'Address made {at}.', asked: 'Last read by a phone: {at}.', unasked: 'No phone has read it yet.',
  hidden: 'The address was shown once and is not shown again. For another phone, take a new one.',
  renew: 'Take a new address', renewTitle: 'Take a new address?', renewText: 'The old one ends at once; add the new one to your phone again.',
  end: 'Give it up', endTitle: 'Give this address up?', endText: 'Your calendar will not follow any more; what is in it is yours to delete.', ended: 'Given up',
  failed: 'That did not load; try again',
  member: 'Members have a calendar of their own', join: 'Become a member',
  street: { title: 'The whole street', text: 'What every store is putting on. Anyone can subscribe.' },
  how: {
    title: 'How to add it',
    iphone: { name: 'iPhone', text: 'Tap "Add to my calendar", choose "Subscribe", then "Done".' },
    android: { name: 'Most Android phones', text: 'Copy the address. On a computer open Google Calendar, the plus beside "Other calendars", "From URL", and paste it. A phone with the same account shows it.' },
    huawei: { name: 'Huawei', text: 'Copy the address. Open Calendar and look in its menu and settings for "Subscribe" or "Import from URL", and paste it.' },
    xiaomi: { name: 'Xiaomi', text: 'Copy the address. In Calendar open Settings, "Import events", "Import from URL", and paste it.' },
    wechat: 'If WeChat does not open the calendar, copy the address and open it in the browser of the phone.',
  },
}
