//! The built program as a process: started, talked to over its own ports, killed, started again,
//! on both engines. What is asserted is what an outsider can see: replies, mail, exit codes, and
//! the books once the program is gone.

mod acknowledging;
mod books;
mod command_line;
mod data;
mod disk_full;
mod dovecot;
mod garbage;
mod kills;
mod mailbox_trouble;
mod mailboxes;
mod never;
mod norm_files;
mod own_postgres;
mod post;
mod postgres_down;
mod program;
mod relay;
mod tokens;
