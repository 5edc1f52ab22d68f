import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { startTranslations } from './i18n.js';
import './styles/mantine.css';
import './styles/tokens.css';
import { theme, variables } from './theme.js';

const colorSchemes = localStorageColorSchemeManager({ key: 'pd.color-scheme' });

await startTranslations();
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
