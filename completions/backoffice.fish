# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_backoffice_global_optspecs
    string join \n store= config= o/format= json fields= csv-raw csv-bom color= q/quiet v/verbose y/yes no-input lock-timeout= as-token-file= as-token-stdin client= h/help V/version
end

function __fish_backoffice_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_backoffice_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_backoffice_using_subcommand
    set -l cmd (__fish_backoffice_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c backoffice -n "__fish_backoffice_needs_command" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_needs_command" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_needs_command" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_needs_command" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_needs_command" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_needs_command" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_needs_command" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_needs_command" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_needs_command" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_needs_command" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_needs_command" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_needs_command" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_needs_command" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_needs_command" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_needs_command" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_needs_command" -s V -l version -d 'Print version'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "init" -d 'Make the store and the group `administrators`'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "user" -d 'Create, find, change, activate and delete users'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "group" -d 'Make groups, and put users into them'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "password" -d 'Set, change and remove passwords'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "reset" -d 'Make, complete and take back links that set a password'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "mail" -d 'Look whether mail can be sent, and send what waits'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "login" -d 'Sign in with a password, or with a provider'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "logout" -d 'Sign out'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "whoami" -d 'Tell who is signed in'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "identity" -d 'Link users to their accounts at a provider, and take links away'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "session" -d 'List, check and end sessions'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "audit" -d 'Read the audit record, and check that nobody changed it'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "provider" -d 'Show and test the providers'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "config" -d 'Show and explain the settings, and begin a configuration file'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c backoffice -n "__fish_backoffice_needs_command" -f -a "help" -d 'Show the help of a command'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l owner -d 'The operating-system user the store is to belong to; only root can give it away' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "create" -d 'Create a user'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "import" -d 'Import users from a file'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "export" -d 'Write every user as JSONL, which `user import` reads'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "list" -d 'List users'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "show" -d 'Show users'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "exists" -d 'Tell by the exit code whether a user exists: 0 or 3'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "edit" -d 'Change what is known of a user'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "activate" -d 'Activate users: an active user can sign in'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "deactivate" -d 'Shut users out, and end their sessions'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "delete" -d 'Delete users; they can be restored'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "restore" -d 'Bring deleted users back, deactivated'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "purge" -d 'Erase deleted users for good'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and not __fish_seen_subcommand_from create import export list show exists edit activate deactivate delete restore purge unlock" -f -a "unlock" -d 'Forget the wrong passwords that slowed or stopped an account'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l first-name -d 'The first name' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l last-name -d 'The last name' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l locale -d 'The language to write to them in, such as en or de-AT' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l group -d 'A group to put them in; may be given several times' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l password-file -d 'Take the password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l if-exists -d 'What to do if a user has the address already' -r -f -a "error\t'Refuse'
skip\t'Leave them as they are'
update\t'Take over names and locale, add groups'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l activate -d 'Activate the user at once'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l password-stdin -d 'Take the password from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l generate-password -d 'Make a password, and print it once'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l password-hash-stdin -d 'Take the hash of the password from standard input, one line; `backoffice help user import` lists the kinds'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l no-password -d 'No password: they sign in another way, or get one later'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l must-change -d 'The user must change the password before the first session'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l invite -d 'Mail them a link to choose their password with'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l input-format -d 'The kind of the file, if it isn\'t recognised' -r -f -a "csv\t''
jsonl\t''
spryker\t''
django\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l if-exists -d 'What to do with rows whose address is taken' -r -f -a "error\t'Refuse'
skip\t'Leave them as they are'
update\t'Take over names and locale, add groups'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l separator -d 'The character between two columns of CSV, if it isn\'t recognised: `;`, or the word `tab`' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l django-model -d 'The model of the users in a Django dump, if it isn\'t recognised: `people.account`' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l timezone -d 'The time zone of times in the file that have no offset, such as Europe/Berlin' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l keep-going -d 'Import the good rows, and report the others'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l activate -d 'Activate the users that are pending in the file'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l create-groups -d 'Make the groups that don\'t exist'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l allow-administrators -d 'Allow rows that make administrators'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l reset-passwords -d 'With --if-exists update: replace passwords too'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l ignore-unknown-columns -d 'Pass over columns, and keys of JSON objects, that are not fields of a user'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l include-hashes -d 'Write the password hashes too'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l status -d 'Only users of this status; several are separated by commas, or given one by one' -r -f -a "pending\t''
active\t''
deactivated\t''
deleted\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l group -d 'Only members of this group' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l search -d 'Only users with this text in the address or a name' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l provider -d 'Only users who are linked to this provider' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l password -d 'Only users whose password is in this state (random: made at a sign-in with a provider, and not known to the user)' -r -f -a "none\t''
set\t''
random\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l inactive-for -d 'Only users who did not sign in for at least this time, such as 90d' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l created-since -d 'Only users created at or after this time or date, or so long ago: 7d' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l sort -d 'The order: a field, and `:desc` for the greatest first' -r -f -a "id\t''
email\t''
first_name\t''
last_name\t''
status\t''
last_login_at\t''
created_at\t''
updated_at\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l limit -d 'At most this number of users' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l after -d 'Only users that come after the user with this id' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l all -d 'Deleted users too'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l locked -d 'Only users whose account is slowed or stopped by wrong passwords'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l never-logged-in -d 'Only users who never signed in'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l count -d 'Print only how many there are'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l email -d 'The new e-mail address' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l first-name -d 'The new first name; may be empty' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l last-name -d 'The new last name; may be empty' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l locale -d 'The language to write to them in, such as en or de-AT' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l add-group -d 'A group to put them in; may be given several times' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l remove-group -d 'A group to take them out of; may be given several times' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l notify -d 'Queue a mail that tells them so'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand user; and __fish_seen_subcommand_from unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "create" -d 'Make a group'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "list" -d 'List groups'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "show" -d 'Show a group, and its first 20 members'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "rename" -d 'Give a group another name'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "delete" -d 'Delete an empty group'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "add-member" -d 'Put users into a group'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and not __fish_seen_subcommand_from create list show rename delete add-member remove-member" -f -a "remove-member" -d 'Take users out of a group'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from add-member" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand group; and __fish_seen_subcommand_from remove-member" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -f -a "set" -d 'Set a password, and end the sessions made with the old one'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -f -a "change" -d 'Change your own password: the current one is asked for first'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -f -a "remove" -d 'Take passwords away'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and not __fish_seen_subcommand_from set change remove require-change" -f -a "require-change" -d 'Ask for passwords to be changed before the next session'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l password-file -d 'Take the password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l password-stdin -d 'Take the password from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l generate-password -d 'Make a password, and print it once'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l must-change -d 'The user must change it before the first session'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l current-password-file -d 'Take the current password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l new-password-file -d 'Take the new password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l current-password-stdin -d 'Take the current password from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l new-password-stdin -d 'Take the new password from standard input, one line after the current one'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand password; and __fish_seen_subcommand_from require-change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -f -a "issue" -d 'Make a link for each user: print it, mail it, or both'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -f -a "request" -d 'Ask for a link to be mailed: the public "forgot password"'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -f -a "complete" -d 'Choose a new password with a link'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -f -a "list" -d 'List links and their states'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and not __fish_seen_subcommand_from issue request complete list revoke" -f -a "revoke" -d 'Take links back, by their ids or all of a user'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l ttl -d 'How long the link lives, at most 24h' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l send -d 'Mail the link to the user'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l print -d 'Print the link; this is the default, unless `--send` is given'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l token-file -d 'Take the token from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l password-file -d 'Take the password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l token-stdin -d 'Take the token from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l password-stdin -d 'Take the password from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from complete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand reset; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -f -a "check" -d 'Try every step of sending, without sending anything'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and not __fish_seen_subcommand_from check queue" -f -a "queue" -d 'See and send what waits'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -f -a "list" -d 'List the mail that waits'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -f -a "flush" -d 'Send the mail that is due'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue" -f -a "drop" -d 'Remove mail that waits'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l password-file -d 'Take the password from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l with -d 'Sign in with this provider of the configuration' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l port -d 'Listen on this port; several are tried in order [default: the provider\'s `ports`]' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l timeout -d 'The longest time for the whole sign-in' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l login-hint -d 'The e-mail address that the provider may show in its sign-in form' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l password-stdin -d 'Take the password from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l print-token -d 'Print the session\'s token instead of keeping it'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l no-browser -d 'Print the address, and open no browser'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l paste -d 'Read the last address of the browser from the terminal or standard input: for a browser on another machine'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l device -d 'Show a code to type in on another machine, if the provider supports device codes'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l all -d 'End every session of this user, not only the one kept here'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -f -a "list" -d 'List the accounts at providers that are linked to users'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -f -a "link" -d 'Link a user to their account at a provider'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and not __fish_seen_subcommand_from list link unlink" -f -a "unlink" -d 'Unlink a user from their account at a provider'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l with -d 'Open the sign-in page of this provider, and link the account that signs in' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l attempt -d 'Link the account of the refused sign-in with this id' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l provider -d 'The provider that the account of `--subject` belongs to' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l subject -d 'The lasting id of the account at the provider; not an e-mail address' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l port -d 'Listen on this port; several are tried in order [default: the provider\'s `ports`]' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l timeout -d 'The longest time for the whole sign-in' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l login-hint -d 'The e-mail address that the provider may show in its sign-in form' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l replace -d 'Replace another account of the user at this provider'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l no-browser -d 'Print the address, and open no browser'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l paste -d 'Read the last address of the browser from the terminal or standard input: for a browser on another machine'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l device -d 'Show a code to type in on another machine, if the provider supports device codes'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l provider -d 'The provider' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand identity; and __fish_seen_subcommand_from unlink" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -f -a "list" -d 'List the live sessions'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -f -a "verify" -d 'Print the user and the session of a token; exit 5 if it is not valid'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -f -a "end" -d 'End the session of a token'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and not __fish_seen_subcommand_from list verify end revoke" -f -a "revoke" -d 'End sessions by their ids, or all of a user'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l token-file -d 'Take the token from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l group -d 'Only a member of this group passes; may be given several times' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l token-stdin -d 'Take the token from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l token-file -d 'Take the token from a file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l input -d 'Take the answers from a JSON object in FILE, or on standard input with `-`' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l token-stdin -d 'Take the token from standard input, one line'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l user -d 'End every session of this user' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would be done, and change nothing'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand session; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -f -a "list" -d 'List what happened, the newest event last'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -f -a "check" -d 'Check that no event was changed, removed or put in'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and not __fish_seen_subcommand_from list check head" -f -a "head" -d 'Print the newest link of the record, to be kept elsewhere'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only events at or after this time' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l until -d 'Only events before this time' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l user -d 'Only events about this user; a purged user is named by the id' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only events that this actor caused: a user, the name of an operating-system user or a service, or `visitor`' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only events of this action; may be given several times' -r -f -a "sys_store_created\t''
user_created\t''
user_imported\t''
user_updated\t''
user_activated\t''
user_deactivated\t''
user_deleted\t''
user_restored\t''
user_purged\t''
user_unlocked\t''
group_created\t''
group_renamed\t''
group_deleted\t''
group_member_added\t''
group_member_removed\t''
authn_password_set\t''
authn_password_change\t''
authn_password_removed\t''
authn_password_change_required\t''
authn_password_rehashed\t''
authn_login_success\t''
authn_login_fail\t''
authn_login_lock\t''
sys_failure_floor_raised\t''
session_ended\t''
session_revoked\t''
authn_password_reset\t''
authn_token_created\t''
authn_reset_requested\t''
authn_token_revoked\t''
mail_sent\t''
mail_uncertain\t''
mail_dropped\t''
identity_linked\t''
identity_unlinked\t''
authz_fail\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l outcome -d 'Only events with this outcome' -r -f -a "success\t''
failure\t''"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'Only the newest events, at most this number' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l cursor-file -d 'Begin after the event whose id is in this file, and keep the id of the last event there' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l follow -d 'Go on with each new event until it is interrupted'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l since-head -d 'Check also that the record goes on from this link, which `backoffice audit head` printed' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -f -a "list" -d 'List the providers of the configuration'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -f -a "show" -d 'Show the settings of a provider, and what to register there'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and not __fish_seen_subcommand_from list show check" -f -a "check" -d 'Test the settings of a provider, without a sign-in'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand provider; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -f -a "show" -d 'Show every setting in force'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -f -a "explain" -d 'Explain a setting: what it means, what its value must be, and its default'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and not __fish_seen_subcommand_from show explain init" -f -a "init" -d 'Make a configuration file in which every setting stands in a comment'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l origin -d 'And where each came from'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l store -d 'The store, instead of `BACKOFFICE_STORE`, the configuration and the default place' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l config -d 'The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -s o -l format -d 'The form of the answer [default: table; also `BACKOFFICE_FORMAT`]' -r -f -a "table\t'For people: columns, or the bare thing that was made'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'Lists only: RFC 4180 with a header'
ids\t'One id a line'"
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l fields -d 'Only these fields, in this order, separated by commas' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l color -d 'When to use colours' -r -f -a "auto\t'Where the stream is a terminal that knows colours, and `NO_COLOR` is not set'
always\t'Always'
never\t'Never'"
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l lock-timeout -d 'How long to wait for a busy store' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l as-token-file -d 'Act as the user whose session token is in this file' -r -F
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l client -d 'The IP address of the client that the calling application acts for; the audit record keeps it' -r
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l json -d 'Short for --format json'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l csv-raw -d 'In CSV, do not guard cells that a spreadsheet would take for a formula'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l csv-bom -d 'Begin CSV with a byte-order mark, so that Excel recognises UTF-8'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -s q -l quiet -d 'Only errors and questions on standard error'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -s v -l verbose -d 'Say what is being done'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -s y -l yes -d 'Answer yes to every question'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l no-input -d 'Ask no question: a missing answer is an error'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -l as-token-stdin -d 'Act as the user whose session token comes on standard input'
complete -c backoffice -n "__fish_backoffice_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c backoffice -n "__fish_backoffice_using_subcommand mail; and __fish_seen_subcommand_from queue; and __fish_seen_subcommand_from drop" -l dry-run -d 'Say what would be done, and change nothing'
