//! Forms that files come with.

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use desk::NewFile;
use futures_util::{StreamExt, stream};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as Mismatch, MapDeserializer};

use super::{Failure, Typed};

/// The name of the inputs of files.
const FILES: &str = "file";
/// The name of the choices among files that are here already.
const AGAIN: &str = "ook";

/// A form, with the files that came with it.
pub(crate) struct Composed<T> {
    pub(crate) filled: T,
    pub(crate) files: Files,
}

/// The files of a form.
#[derive(Default)]
pub(crate) struct Files {
    /// Files from the machine of who fills it in.
    pub(crate) new: Vec<NewFile>,
    /// Attachments of a contact that are chosen: "message/nr".
    pub(crate) again: Vec<String>,
    /// They are more than is read: what came before them in the form is here, the rest is not.
    pub(crate) too_large: bool,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Composed<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Composed<T>, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_multipart = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        if !is_multipart {
            let Typed(filled) = Typed::from_request(request, state).await?;
            return Ok(Composed { filled, files: Files::default() });
        }
        let unreadable = |_| Failure(StatusCode::BAD_REQUEST);
        let (head, body) = request.into_parts();
        let request = Request::from_parts(head, begun(body.into_data_stream()).await);
        let mut parts = Multipart::from_request(request, state).await.map_err(unreadable)?;
        let (mut texts, mut files) = (Vec::new(), Files::default());
        let broken = |error: MultipartError| Failure(error.status());
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            match name.as_str() {
                FILES => match file(part).await {
                    Ok(new) => files.new.extend(new),
                    Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                        files.too_large = true;
                        break;
                    }
                    Err(error) => return Err(broken(error)),
                },
                AGAIN => files.again.push(part.text().await.map_err(broken)?),
                _ => texts.push((name, part.text().await.map_err(broken)?)),
            }
        }
        let fields = MapDeserializer::<_, Mismatch>::new(texts.into_iter());
        let filled = T::deserialize(fields).map_err(|_| Failure(StatusCode::BAD_REQUEST))?;
        Ok(Composed { filled, files })
    }
}

/// The body once its first bytes are here. The library takes a form for cut off when it finds none
/// at its first look and all of them at the second.
async fn begun(mut body: BodyDataStream) -> Body {
    let first = body.next().await;
    Body::from_stream(stream::iter(first).chain(body))
}

/// A file; nothing when the input was left empty.
async fn file(part: Field<'_>) -> Result<Option<NewFile>, MultipartError> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let bytes = part.bytes().await?.to_vec();
    Ok((!name.is_empty() || !bytes.is_empty()).then_some(NewFile { name, bytes }))
}
