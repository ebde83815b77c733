//! Against a server in this process, which answers whatever a test wants it to.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use verdict_runtime::task;

use super::*;

/// What was asked: the path, the form, and the headers that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    path: String,
    form: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
}

type Reply = Arc<dyn Fn(&Asked) -> HttpResponse + Send + Sync>;

struct Fake {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    handle: ServerHandle,
}

impl Drop for Fake {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn answer(
    request: HttpRequest,
    body: web::Bytes,
    shared: web::Data<(Arc<Mutex<Vec<Asked>>>, Reply)>,
) -> HttpResponse {
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    let named = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some((name.to_owned(), value.to_owned()))
    };
    let headers = ["authorization", "x-scope-orgid"].into_iter().filter_map(named).collect();
    let asked = Asked { path: request.path().to_owned(), form, headers };
    shared.0.lock().unwrap().push(asked.clone());
    shared.1(&asked)
}

impl Fake {
    /// A server that replies so.
    fn replying(reply: impl Fn(&Asked) -> HttpResponse + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let shared = web::Data::new((asked.clone(), Arc::new(reply) as Reply));
        let app = move || App::new().app_data(shared.clone()).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        drop(task::spawn("fake-prometheus", server));
        Self { url, asked, handle }
    }

    /// A server that always says this.
    fn saying(status: u16, text: impl Into<String>) -> Self {
        let (status, text) = (StatusCode::from_u16(status).unwrap(), text.into());
        Self::replying(move |_| HttpResponse::build(status).body(text.clone()))
    }

    fn source(&self) -> Prometheus {
        Prometheus::new(Options { timeout: Duration::from_millis(500), ..Options::at(&self.url) }).unwrap()
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn minutes(from: i64, to: i64) -> Steps {
    Steps { start: at(from * 60), end: at(to * 60), step: Duration::from_mins(1) }
}

fn matrix(rows: &str) -> String {
    format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{rows}]}}}}"#)
}

fn vector(value: &str) -> String {
    let row = format!(r#"{{"metric":{{"job":"web"}},"value":[600,"{value}"]}}"#);
    format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{row}]}}}}"#)
}

/// The error of a range query that is answered so.
async fn error(status: u16, text: impl Into<String>) -> SourceError {
    Fake::saying(status, text).source().range("up", minutes(1, 3)).await.unwrap_err()
}

/// What an error of a source that is away says.
#[track_caller]
fn away(error: SourceError) -> String {
    match error {
        SourceError::Away { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(error: SourceError) -> String {
    match error {
        SourceError::Refused { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn numbers_are_texts_and_what_is_none_is_no_sample() {
    let rows = r#"{"metric":{"job":"web"},"values":[[60,"0.25"],[120,"NaN"],[180,"+Inf"],[240,"-Inf"],[300,"1e-3"]]}"#;
    let fake = Fake::saying(200, matrix(rows));
    let Told { answer, warnings } = fake.source().range("up", minutes(1, 5)).await.unwrap();
    let samples = vec![Sample { at: at(60), value: 0.25 }, Sample { at: at(300), value: 0.001 }];
    assert_eq!(answer, [Series { labels: [("job".to_owned(), "web".to_owned())].into(), samples }]);
    assert_eq!(warnings, [""; 0]);
}

#[actix_web::test]
async fn a_question_names_its_steps_its_time_out_and_who_asks() {
    let fake = Fake::saying(200, matrix(""));
    let options = Options {
        url: format!("{}/tenant/prometheus", fake.url),
        auth: Auth::Bearer("s3cret".to_owned().into()),
        headers: vec![("X-Scope-OrgID".to_owned(), "team-a".to_owned().into())],
        ..Options::at("")
    };
    assert!(!format!("{options:?}").contains("s3cret") && !format!("{options:?}").contains("team-a"));
    let source = Prometheus::new(options).unwrap();
    source.range("a + b", Steps { step: Duration::from_millis(1_500), ..minutes(1, 2) }).await.unwrap();
    let form = [
        ("query", "a + b"),
        ("timeout", "30000ms"),
        ("start", "60.000"),
        ("end", "120.000"),
        ("step", "1.5"),
    ];
    let headers = [("authorization", "Bearer s3cret"), ("x-scope-orgid", "team-a")];
    let owned = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let path = "/tenant/prometheus/api/v1/query_range".to_owned();
    assert_eq!(fake.asked(), [Asked { path, form: owned(&form), headers: owned(&headers) }]);
}

#[actix_web::test]
async fn a_user_is_sent_with_a_password() {
    let fake = Fake::saying(200, matrix(""));
    let auth = Auth::Basic { user: "ann".to_owned(), password: "pass".to_owned().into() };
    let source = Prometheus::new(Options { auth, ..Options::at(&fake.url) }).unwrap();
    source.range("up", minutes(1, 2)).await.unwrap();
    assert_eq!(fake.asked()[0].headers["authorization"], "Basic YW5uOnBhc3M=");
}

#[actix_web::test]
async fn a_long_range_is_asked_for_in_pieces_and_joined() {
    let fake = Fake::replying(|asked| {
        let pair = |field: &str| format!(r#"[{},"1"]"#, asked.form[field]);
        let values = format!("{},{}", pair("start"), pair("end"));
        HttpResponse::Ok().body(matrix(&format!(r#"{{"metric":{{}},"values":[{values}]}}"#)))
    });
    let month = minutes(1, 43_200);
    let Told { answer, .. } = fake.source().range("up", month).await.unwrap();
    let times: Vec<i64> = answer[0].samples.iter().map(|sample| sample.at.as_second() / 60).collect();
    assert_eq!(times, [1, 11_000, 11_001, 22_000, 22_001, 33_000, 33_001, 43_200]);
    assert_eq!(answer.len(), 1);
}

#[actix_web::test]
async fn an_error_is_the_fault_of_the_query_or_of_the_source_whatever_its_code() {
    let told = |kind: &str| format!(r#"{{"status":"error","errorType":"{kind}","error":"so it is"}}"#);
    for (status, kind) in [(400, "bad_data"), (422, "execution"), (200, "bad_data"), (200, "execution")] {
        assert_eq!(refused(error(status, told(kind)).await), "so it is", "{status} {kind}");
    }
    for (status, kind) in [
        (503, "timeout"),
        (503, "unavailable"),
        (500, "internal"),
        (200, "canceled"),
        (503, "execution"),
        (429, "bad_data"),
    ] {
        assert_eq!(away(error(status, told(kind)).await), format!("so it is ({kind}, {status})"));
    }
    assert!(refused(error(401, "who are you?").await).contains("let us in (401"));
    assert!(refused(error(403, "<html>").await).contains("let us in (403"));
}

#[actix_web::test]
async fn what_is_no_answer_of_the_api_is_a_source_that_is_away() {
    for (status, text, what) in [
        (200, "<!doctype html><html>Please log in</html>", "a page of HTML"),
        (502, "<html>Bad Gateway</html>", "a page of HTML"),
        (200, r#"{"results":[],"took":3}"#, "JSON of another kind"),
        (
            200,
            r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric"#,
            "JSON that breaks off",
        ),
        (200, "", "nothing"),
        (503, "Service Unavailable", "a text"),
        (404, "404 page not found", "a text"),
    ] {
        let why = away(error(status, text).await);
        assert!(why.contains(&status.to_string()) && why.contains(what), "{why}");
    }
    // It says success, and is told by a code that is none.
    assert!(away(error(500, matrix("")).await).contains("500"));
    assert!(
        away(error(200, matrix(r#"{"metric":{},"values":[[60,"many"]]}"#)).await)
            .contains("no Prometheus API")
    );
}

#[actix_web::test]
async fn a_redirect_is_told_and_not_followed() {
    let other = Fake::saying(200, matrix(""));
    let to = format!("{}/elsewhere", other.url);
    let wanted = format!("it redirects to {to}, which is not followed");
    let fake = Fake::replying(move |_| {
        HttpResponse::TemporaryRedirect().insert_header(("Location", to.clone())).finish()
    });
    assert_eq!(away(fake.source().range("up", minutes(1, 2)).await.unwrap_err()), wanted);
    assert_eq!(other.asked(), []);
}

#[actix_web::test]
async fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let body = |pods: usize| {
        let row = |pod: usize| format!(r#"{{"metric":{{"pod":"{pod}"}},"values":[[60,"1"]]}}"#);
        matrix(&(0..pods).map(row).collect::<Vec<_>>().join(","))
    };
    let many = Fake::saying(200, body(1_000_000));
    let source = Prometheus::new(Options { largest: 1024 * 1024, ..Options::at(&many.url) }).unwrap();
    let error = source.range("up", minutes(1, 2)).await.unwrap_err();
    assert_eq!(away(error), "its answer is larger than 1048576 bytes");
    let few = Fake::saying(200, body(10_000));
    let Told { answer, .. } = few.source().range("up", minutes(1, 2)).await.unwrap();
    assert!(matches!(only("up", answer), Err(SourceError::SeveralSeries { count: 10_000, .. })));
}

#[actix_web::test]
async fn samples_out_of_order_or_of_another_time_are_not_taken() {
    let of = |times: [i64; 2]| {
        let values = times.map(|time| format!(r#"[{time},"1"]"#)).join(",");
        matrix(&format!(r#"{{"metric":{{}},"values":[{values}]}}"#))
    };
    assert!(away(error(200, of([120, 60])).await).contains("not in their order"));
    assert!(away(error(200, of([60, 60])).await).contains("not in their order"));
    assert!(away(error(200, of([60, 240])).await).contains("1970-01-01T00:04:00Z, which nobody asked for"));
    assert!(away(error(200, of([0, 60])).await).contains("1970-01-01T00:00:00Z, which nobody asked for"));
}

#[actix_web::test]
async fn a_histogram_and_a_text_are_no_numbers() {
    let histogram = matrix(r#"{"metric":{},"histograms":[[60,{"count":"1","sum":"2"}]]}"#);
    assert!(refused(error(200, histogram).await).contains("histogram_quantile"));
    let text = r#"{"status":"success","data":{"resultType":"string","result":[60,"a"]}}"#;
    assert!(refused(error(200, text).await).contains("it is a text"));
    assert!(refused(error(200, vector("1")).await).contains("an instant vector"));
}

#[actix_web::test]
async fn warnings_are_carried() {
    let body = r#"{"status":"success","data":{"resultType":"matrix","result":[]},"warnings":["a store is away"],"infos":["no counter"]}"#;
    let Told { warnings, .. } =
        Fake::saying(200, body).source().range("up", minutes(1, 20_000)).await.unwrap();
    assert_eq!(warnings, ["a store is away", "no counter"]);
}

#[actix_web::test]
async fn an_instant_is_as_of_its_sample_and_not_of_the_answer() {
    let fake = Fake::replying(|asked| {
        let value = if asked.form["query"].starts_with("timestamp(") { "330.5" } else { "0.25" };
        HttpResponse::Ok().body(vector(value))
    });
    let Told { answer, .. } = fake.source().instant("up", at(600)).await.unwrap();
    assert_eq!(answer, Sample { at: Timestamp::from_millisecond(330_500).unwrap(), value: 0.25 });
    let asked: Vec<(String, String)> =
        fake.asked().iter().map(|asked| (asked.form["query"].clone(), asked.form["time"].clone())).collect();
    assert_eq!(
        asked,
        [("up", "600.000"), ("timestamp(up)", "600.000")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
}

#[actix_web::test]
async fn an_instant_without_a_number_is_no_data() {
    for body in
        [vector("NaN"), r#"{"status":"success","data":{"resultType":"vector","result":[]}}"#.to_owned()]
    {
        let error = Fake::saying(200, body).source().instant("up", at(600)).await.unwrap_err();
        assert_eq!(error, SourceError::NoData { query: "up".to_owned() });
    }
    let still_to_come = Fake::saying(200, vector("601")).source().instant("up", at(600)).await;
    assert!(away(still_to_come.unwrap_err()).contains("still to come"));
}

#[actix_web::test]
async fn a_server_that_hangs_or_is_not_there_is_away() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // It takes connections, as the system does for it, and never answers.
    let url = format!("http://{}", listener.local_addr().unwrap());
    let source = Prometheus::new(Options { timeout: Duration::from_millis(1), ..Options::at(&url) }).unwrap();
    assert_eq!(away(source.range("up", minutes(1, 2)).await.unwrap_err()), "no answer within 0.001 s");
    drop(listener);
    assert!(away(source.range("up", minutes(1, 2)).await.unwrap_err()).contains("refused"));
}

#[test]
fn an_address_is_http_and_shows_no_password() {
    let error = |url: &str| Prometheus::new(Options::at(url)).err().map(|error| error.to_string());
    assert_eq!(error("http://localhost:9090"), None);
    for url in ["http://ann:pass@host", "http://ann@host", "http//ann:pass@host"] {
        let said = error(url).unwrap();
        assert!(said.contains("password") && !said.contains("pass@"), "{said}");
    }
    for url in ["ftp://host", "localhost:9090", "/path", "http://host/?a=b"] {
        assert!(error(url).unwrap().contains(&format!("'{url}' is no address")), "{url}");
    }
    let ca_file = Some(PathBuf::from("/nowhere/ca.pem"));
    let options = Options { ca_file, ..Options::at("https://host") };
    assert!(Prometheus::new(options).err().unwrap().to_string().contains("/nowhere/ca.pem"));
    let headers = vec![("bad name".to_owned(), "v".to_owned().into())];
    assert!(Prometheus::new(Options { headers, ..Options::at("http://host") }).is_err());
}
