import { cancellation, invitation } from '../../src/calendar/invitation.ts';
import { entry } from '../support/mail/letters.ts';

// Run by the test in other timezones.
process.stdout.write(invitation(entry()) + cancellation(entry()));
