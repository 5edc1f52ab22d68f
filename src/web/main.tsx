import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { language, startTranslations } from './i18n.js';
import { keepInstallPrompt } from './notify/install.js';
import { keepFocusInSight } from './shell/focus-in-sight.js';
import { keepFocus } from './shell/keep-focus.js';
import './styles/mantine.css';
import './styles/tokens.css';
import { keepShell, reloadOnceWhenOutdated } from './sw/register.js';
import { theme, variables } from './theme.js';

const colorSchemes = localStorageColorSchemeManager({ key: 'pd.color-scheme' });

keepFocus();
keepFocusInSight();
keepInstallPrompt();
reloadOnceWhenOutdated();
await startTranslations();
keepShell(language());
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={colorSchemes} defaultColorScheme="auto">
      <Notifications position="top-center" autoClose={4000} limit={3} />
      <App />
    </MantineProvider>
  </StrictMode>,
);
