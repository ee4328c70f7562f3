import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import './portal.css';
import { setTimeZone } from '../parts/dates.js';
import { Portal } from './portal.js';
import { readSession, signIn } from './session.js';
import { loadWords } from './words.js';

const [session] = await Promise.all([readSession(), loadWords()]);
if (session) {
  setTimeZone(session.timeZone);
  createRoot(document.getElementById('portal')!).render(
    <StrictMode>
      <BrowserRouter basename="/portal">
        <Portal session={session} />
      </BrowserRouter>
    </StrictMode>,
  );
} else signIn();
