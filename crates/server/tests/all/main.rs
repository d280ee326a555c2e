//! The built program as a process: started, talked to over its own ports, killed, started again,
//! on both engines. What is asserted is what an outsider can see: replies, mail, exit codes, and
//! the books once the program is gone.

mod acknowledging;
mod books;
mod command_line;
mod cut_off;
mod data;
mod disk_full;
mod dovecot;
mod exchanges;
mod export;
mod garbage;
mod kills;
mod large_mail;
mod logs;
mod mailbox_trouble;
mod mailboxes;
mod never;
mod norm_files;
mod own_postfix;
mod own_postgres;
mod papers;
mod post;
mod postfix;
mod postgres_down;
mod program;
mod proving;
mod races;
mod rehearsal;
mod relay;
mod replaying;
mod slow_disk;
mod tokens;
mod town;
mod upgrade;
mod visitor;
mod webhooks;
