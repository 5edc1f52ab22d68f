import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { addressOf, filterFrom, type BoardFilter } from './filter.js';

const LAST = 'pd.board.filter';

/** The filter stands in the address and comes back with it; who comes back by another way finds it as it was in this tab. */
export function useBoardFilter(): [BoardFilter, (change: Partial<BoardFilter>) => void] {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [filter, setFilter] = useState(() => filterFrom(new URLSearchParams(search === '' ? (sessionStorage.getItem(LAST) ?? '') : search)));
  const address = addressOf(filter).toString();
  useEffect(() => {
    sessionStorage.setItem(LAST, address);
    const wanted = address === '' ? '' : `?${address}`;
    if (pathname === '/board' && search !== wanted) void navigate(`/board${wanted}`, { replace: true });
  }, [address, navigate, pathname, search]);
  return [filter, (change) => setFilter((before) => ({ ...before, ...change }))];
}
