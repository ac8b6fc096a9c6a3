// Errors epoch by epoch: of the article's recipe, and of the network of this page.
// data/article-history.json is what this printed, its numbers rounded to six places:
//   dotnet run -c Release --project src/LeNet5.Tool -- train --recipe article --json
// The embedded network tells its own history. Its test error was measured once, after the training (docs/results.md).
import { fillTable, makeChart, percent } from './chart.js';

const errorOfEmbedded = 0.0045;
const errors = { label: 'digits misread', from: 0.001, to: 0.2, log: true, ticks: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2], write: share => percent(share, share < 0.01 ? 1 : 0) };
const epochs = (to, ticks) => ({ label: 'epochs', from: 1, to, ticks, write: String });
const at = id => document.getElementById(id);

export async function curves(digit) {
    const embedded = JSON.parse(digit.library.Training.History());
    const drawEmbedded = makeChart(at('curve-embedded'), { title: 'Errors of the network of this page over 120 epochs', x: epochs(embedded.epochs.length, [1, 40, 80, 120]), y: errors });
    const last = embedded.epochs.at(-1);
    drawEmbedded([
        { name: 'distorted training digits and rubbish', kind: 'of-training', points: embedded.epochs.map(({ epoch, trainingError }) => [epoch, trainingError]) },
        { name: 'test digits, once, at the end', kind: 'of-test', points: [[last.epoch, errorOfEmbedded]] },
    ], `From ${percent(embedded.epochs[0].trainingError)} in the first epoch the training error falls to ${percent(last.trainingError, 2)} in the last. The test error after it is ${percent(errorOfEmbedded, 2)}.`);
    fillTable(at('table-embedded'), ['epoch', 'rate', 'loss', 'training error'], embedded.epochs.map(({ epoch, rate, loss, trainingError }) => [epoch, rate.toPrecision(3), loss.toFixed(3), percent(trainingError, 2)]));

    const article = await (await fetch('data/article-history.json')).json(), first = article[0], end = article.at(-1);
    const drawArticle = makeChart(at('curve-article'), { title: 'Errors of the recipe of 20 epochs', x: epochs(20, [1, 5, 10, 15, 20]), y: errors });
    drawArticle([
        { name: 'test digits', kind: 'of-test', points: article.map(({ epoch, testError }) => [epoch, testError]) },
        { name: 'training digits', kind: 'of-training', points: article.map(({ epoch, trainingError }) => [epoch, trainingError]) },
    ], `The test error falls from ${percent(first.testError, 2)} after the first epoch to ${percent(end.testError, 2)} after the last, the training error from ${percent(first.trainingError, 2)} to ${percent(end.trainingError, 2)}.`);
    fillTable(at('table-article'), ['epoch', 'rate', 'loss', 'training error', 'test error'],
        article.map(({ epoch, rate, loss, trainingError, testError }) => [epoch, rate, loss.toFixed(3), percent(trainingError, 2), percent(testError, 2)]));
}
