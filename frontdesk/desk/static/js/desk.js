// What every live page of the desk runs.
import { letActsFinishFirst } from "./acts.js";
import { keepAgesTrue } from "./ages.js";
import { enterKeys } from "./keys.js";
import { followNews } from "./live.js";
import { reportNews } from "./news.js";
import { keepWhatIsBeingWritten } from "./refresh.js";
import { helpWithReplies } from "./reply.js";

for (const element of document.querySelectorAll("[data-needs-script]")) {
  element.hidden = false;
}
keepWhatIsBeingWritten();
letActsFinishFirst();
helpWithReplies();
enterKeys();
keepAgesTrue();
followNews(reportNews);
