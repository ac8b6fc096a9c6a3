namespace VisualGuide.Tests;

/// <summary>Prints how fast the page is. The bounds are those of a machine that does other things, too.</summary>
public class SpeedTests
{
    [Test]
    public async Task Page_FromAnEmptyCache_AnswersSoon()
    {
        await using Guide guide = await Guide.OpenAsync();
        double paint = await guide.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double answer = await guide.Page.EvaluateAsync<double>("performance.getEntriesByName('first answer')[0].startTime");
        TestContext.Out.WriteLine($"first paint after {paint:F0} ms, first answer after {answer:F0} ms");
        Assert.That(paint, Is.LessThan(5_000));
        Assert.That(answer, Is.LessThan(15_000));
    }

    /// <summary>Writes on the pad in every frame, with each chapter on the screen in turn.</summary>
    [Test]
    public async Task Page_WhileOneWrites_IsRedrawn()
    {
        const string script = """
            async id => {
                document.getElementById(id).scrollIntoView({ behavior: 'instant' });
                const pad = document.getElementById('pad'), box = pad.getBoundingClientRect();
                const send = (type, share) => pad.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, clientX: box.left + box.width * (0.5 + 0.3 * Math.sin(7 * share)), clientY: box.top + box.height * (0.2 + 0.6 * share) }));
                pad.setPointerCapture = () => { };
                document.getElementById('clear').click();
                await new Promise(done => setTimeout(done, 300));
                send('pointerdown', 0);
                const times = [], start = performance.now();
                while (times.length < 60) {
                    send('pointermove', (performance.now() - start) % 3000 / 3000);
                    times.push(await new Promise(requestAnimationFrame));
                }
                send('pointerup', 1);
                return 1000 * (times.length - 1) / (times.at(-1) - times[0]);
            }
            """;
        await using Guide guide = await Guide.OpenAsync();
        foreach (string chapter in (string[])["glance", "input", "layers", "output"])
        {
            double rate = await guide.Page.EvaluateAsync<double>(script, chapter);
            TestContext.Out.WriteLine($"{chapter}: {rate:F0} redraws a second");
            Assert.That(rate, Is.GreaterThan(3), chapter);
        }
        guide.AssertNoTrouble();
    }
}
