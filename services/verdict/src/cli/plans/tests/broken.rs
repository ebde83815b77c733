//! What is wrong with files is told before anything is sent: where, what was found, what is wanted.

use super::*;

/// A bet with this in its spec.
fn bet(spec: &str) -> String {
    let head = "apiVersion: verdict.dev/v1alpha1\nkind: Bet\nmetadata: { name: b }\n";
    format!("{head}spec:\n  title: B\n  mode: Scaling\n{spec}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_thing_that_is_wrong_is_one_error_with_its_place() {
    let world = World::begin().await;
    let cases = [
        (bet("  titel: C\n"), "broken.yaml:7:3: spec.titel: found"),
        (bet("  iterationLimit: 4\n"), "broken.yaml:7:19: spec.iterationLimit: found 4; wanted"),
        (bet("  mode: Scaling\n"), "broken.yaml:7:3: "),
        (bet("  timebox: { start: 2027-02-01, end: 2027-01-01 }\n"), "broken.yaml:7:"),
        (bet("").replace("Bet", "Wager"), "broken.yaml:2:7: kind: found \"Wager\"; wanted one of "),
        (bet("").replace("v1alpha1", "v9"), "broken.yaml:1:13: apiVersion: found "),
        (
            bet(
                "  metrics:\n    - { metricRef: { key: gone }, role: Primary, target: \"1\", direction: Increase }\n",
            ),
            "broken.yaml:8:27: spec.metrics[0].metricRef.key: found the unknown metric gone; wanted a metric among the \
             documents or on the platform",
        ),
        ("{".to_owned(), "broken.yaml:"),
        (String::new(), "broken.yaml:1:1: found no document; wanted at least one"),
    ];
    for (text, wanted) in cases {
        let file = world.file("broken.yaml", &text);
        let said = world.say(&["apply", "-f", &file]).await;
        assert!(matches!(said.ended, Err(Failure::Usage(_))), "{:?}: {text}", said.ended);
        assert_eq!(said.out, "");
        let told = without(world.folder.path(), &said.failed());
        let (head, finding) = told.split_once('\n').unwrap();
        assert_eq!(head, "1 error in the documents; nothing was sent", "{told}");
        assert!(finding.starts_with(wanted) && !finding.contains('\n'), "{told}\nfor {wanted}");
    }
    assert_eq!(world.events().await, []);
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_of_all_files_are_told_at_once() {
    let world = World::begin().await;
    let one = world.file("one.yaml", &bet("  titel: C\n  iterationLimit: 4\n"));
    let two = world.file("two.md", "---\nmetadata: { name: c }\nspec: { mode: Sometimes }\n---\n# C\n");
    let told = world.say(&["diff", "-f", &one, "-f", &two]).await.failed();
    let told = without(world.folder.path(), &told);
    assert!(told.starts_with("3 errors in the documents; nothing was sent\none.yaml:7:"), "{told}");
    assert!(told.contains("\none.yaml:8:19: ") && told.contains("\ntwo.md:3:"), "{told}");
    let gone = world.folder.path().join("gone.yaml").to_string_lossy().into_owned();
    let told = without(world.folder.path(), &world.say(&["diff", "-f", &gone]).await.failed());
    assert_eq!(told, "-f gone.yaml: there is no such file");
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_is_its_documents_and_no_pages_about_them() {
    let world = World::begin().await;
    world.file("README.md", "# What is here\n");
    world.file("notes.txt", "no document");
    world.file("one.yaml", &bet(""));
    world.file("two.md", "---\nmetadata: { name: c }\nspec: { mode: Scaling }\n---\n# C\n");
    let folder = world.folder.path().to_string_lossy().into_owned();
    let said = world.say(&["apply", "-f", &folder]).await.fine();
    assert!(said.starts_with("+ bet b\n+ bet c\n"), "{said}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", world.folder.path().join("gone.txt")).unwrap();
        world.say(&["diff", "-f", &folder]).await.fine();
        std::os::unix::fs::symlink("nowhere", world.folder.path().join("gone.yaml")).unwrap();
        let told = without(world.folder.path(), &world.say(&["diff", "-f", &folder]).await.failed());
        assert_eq!(told, "-f gone.yaml: there is no such file");
    }
    let empty = tempfile::tempdir().unwrap();
    let told = world.say(&["apply", "-f", &empty.path().to_string_lossy()]).await.failed();
    assert!(told.ends_with("no document in this folder (.yaml, .yml, .json or .md)"), "{told}");
    world.platform.stop().await;
}
