"""Start an app, wait for it, stop another session of it, list the sessions.

Set SERVER_ADDRESS, API_TOKEN, TEAM_ID, WORKSPACE_ID, AGENT_ID and PROJECT_ID; the README has values for the mock.
"""

import supervisely_ext as sly

SLUG = "supervisely-ecosystem/export-to-pascal-voc"


def main() -> None:
    with sly.Api.from_env() as api:
        module_id = api.app.get_ecosystem_module_id(SLUG)
        module = api.app.get_ecosystem_module_info(module_id)
        print("Start app: ", module.name)
        module.arguments_help()

        arguments = module.get_arguments(images_project=sly.env.project_id())
        arguments["trainSplitCoef"] = 0.7

        session = api.app.start(
            agent_id=sly.env.agent_id(),
            module_id=module_id,
            workspace_id=sly.env.workspace_id(),
            task_name="export of my project",
            params=arguments,
        )
        print("Task", session.task_id)
        status = api.app.wait(session.task_id, timeout=600, on_status=print)
        print("It is", status)

        other = api.app.start(
            agent_id=sly.env.agent_id(),
            module_id=module_id,
            workspace_id=sly.env.workspace_id(),
            params=arguments,
        )
        api.app.stop(other.task_id)
        print("The other is", api.app.wait(other.task_id, sly.Status.STOPPED, timeout=60))

        for found in api.app.get_sessions(sly.env.team_id(), module_id):
            print(found.task_id, found.details["status"], found.name)


if __name__ == "__main__":
    main()
