import type { Request, RequestHandler, Response } from 'express';
import { Types } from 'mongoose';
import type { Language } from '../base/dates.ts';
import { paths } from '../base/paths.ts';
import { type Event, type Mode, modeNames } from '../events/event.ts';
import { offeredModes } from '../events/rules.ts';
import type { Letter } from '../post/letter.ts';
