"""Problems and steps of the vault and its history."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "vault.wrong_passphrase": N_(
        "The passphrase does not fit. Check the keyboard layout and Caps Lock and try again."
    ),
    "vault.wrong_recovery_code": N_(
        "The recovery code does not fit this vault. Check that it is the newest one."
    ),
    "vault.recovery_group_wrong": N_("There is a wrong digit in group {group} of the recovery code."),
    "vault.recovery_length": P_(
        "The recovery code has {n} digit. Type all of it.",
        "The recovery code has {n} digits. Type all of them.",
    ),
    "vault.missing": N_("There is no vault in the folder {folder}. Choose another folder or create a vault."),
    "vault.exists": N_("There is already a vault in the folder {folder}. Open it, or choose another folder."),
    "vault.folder_not_empty": N_("The folder {folder} is not empty. Choose an empty or a new folder."),
    "vault.passphrase_empty": N_(
        "The passphrase is empty. Type at least one character; a sentence is better."
    ),
    "vault.header_damaged": N_(
        "Both copies of vault.json in {folder} are damaged. Put either copy back from a backup of the folder."
    ),
    "vault.greedy_header": N_(
        "vault.json asks for more memory than this program will give it. Put it back from a backup of the folder."
    ),
    "vault.newer": N_(
        "This vault was made by a newer kamdesk. Install the newer version; nothing was changed."
    ),
    "vault.damaged": N_(
        "The file {file} is damaged. Nothing was changed. Restore it from the folder “backups”."
    ),
    "vault.damaged_inside": N_("The vault's data is damaged. Nothing was saved. Restore the newest backup."),
    "vault.data_missing": N_(
        "The file {file} is missing from the vault. Restore it from the folder “backups”."
    ),
    "vault.cannot_read": N_(
        "{file} cannot be read: {reason}. Check that the disk is there and that you may read it."
    ),
    "vault.cannot_write": N_(
        "{file} cannot be written: {reason}. Check free space and your rights to the folder."
    ),
    "vault.already_open": N_(
        "The vault {folder} is already open in another kamdesk. Go to that window, or close it and try again."
    ),
    "vault.replaced": N_(
        "The file {file} was replaced by another program while the vault was open. "
        "The last change may be lost. Close kamdesk and look into the folder before you go on."
    ),
    "vault.in_synced_folder": N_(
        "{folder} is synchronised by another program, which can damage an open vault. Choose a folder of your own disk."
    ),
    "vault.no_cipher": N_("The encryption library is missing or cannot encrypt. Install kamdesk again."),
    "vault.old_sqlite": N_("The encryption library is too old (SQLite {version}). Install kamdesk again."),
    "vault.migration_failed": N_(
        "The vault could not be brought to this version. It stays as it was, with a backup."
    ),
    "storage.wrong_signs": N_(
        "The text contains signs that cannot be stored. Paste it without formatting, or type it."
    ),
    "storage.full": N_("The disk is full. Nothing of this step was saved. Free some space and repeat it."),
    "storage.read_only": N_(
        "The vault is on a read-only medium. Copy its folder to your disk and open it there."
    ),
    "storage.failed": N_(
        "The disk did not take the change. Check that it is still connected, then repeat the step."
    ),
    "storage.busy": N_("The vault is busy with another program. Wait a moment and repeat the step."),
    "storage.file_too_large": N_(
        "The file is larger than {megabytes} MB. Link to it instead of keeping a copy."
    ),
    "storage.file_not_written": N_("The file could not be stored: {reason}. Free some space and try again."),
    "storage.file_missing": N_(
        "The stored file cannot be read: {reason}. Restore the folder “files” of the vault."
    ),
    "storage.file_damaged": N_(
        "The stored file is damaged. Restore the folder “files” of the vault from a copy."
    ),
    "backup.failed": N_(
        "The backup could not be made in {folder}: {reason}. Free some space or choose another place."
    ),
    "history.nothing_to_undo": N_("There is nothing to undo."),
    "history.nothing_to_redo": N_("There is nothing to redo."),
}
