"""Start three apps at once and wait for all of them, in asyncio.

Set SERVER_ADDRESS, API_TOKEN, TEAM_ID, WORKSPACE_ID, AGENT_ID and PROJECT_ID; the README has values for the mock.
"""

import asyncio

import supervisely_ext as sly

SLUG = "supervisely-ecosystem/export-to-pascal-voc"


async def export(api: sly.AsyncApi, module: sly.ModuleInfo, split: float) -> str:
    arguments = module.get_arguments(images_project=sly.env.project_id())
    arguments["trainSplitCoef"] = split
    session = await api.app.start(
        agent_id=sly.env.agent_id(),
        module_id=module.id,
        workspace_id=sly.env.workspace_id(),
        task_name=f"export with {split}",
        params=arguments,
    )
    status = await api.app.wait(session.task_id, timeout=600)
    return f"task {session.task_id}, split {split}: {status}"


async def main() -> None:
    async with sly.AsyncApi.from_env() as api:
        module = await api.app.get_ecosystem_module_info(slug=SLUG)
        for line in await asyncio.gather(*(export(api, module, split) for split in (0.6, 0.7, 0.8))):
            print(line)

        session = await api.app.start(
            agent_id=sly.env.agent_id(),
            module_id=module.id,
            workspace_id=sly.env.workspace_id(),
            params=module.get_arguments(images_project=sly.env.project_id()),
        )
        await api.app.stop(session.task_id)
        print("one more:", await api.app.wait(session.task_id, sly.Status.STOPPED, timeout=60))


if __name__ == "__main__":
    asyncio.run(main())
