import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/components/shell/toast";
import type { ChangedPerson } from "@/lib/contracts/access";
import { accessKeys } from "@/lib/queries/access-queries";

/** Does something to a person, says that it is done, and has the list read anew. */
export function usePersonAct<Input = void>(
  act: (input: Input) => Promise<ChangedPerson>,
  told: (changed: ChangedPerson) => string,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (changed) => void showToast({ message: told(changed) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accessKeys.all }),
  });
}
